import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository, or of the installed package, an absolute path. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)))

/** What the package brings in place of the lock file, which npm never packs: the part that says which sharp. */
export const lockExtract = join(root, 'build/infra/sharp-lock.json')

/** Where the other parts' build results lie; all that the infrastructure knows of them, besides settings. */
export interface BuiltFiles {
  /** The edge function, one file that holds the settings' placeholder. */
  readonly viewerFunctionFile: string
  /** The transformer's folder: `index.js`, `package.json` and, once packaged, `node_modules`. */
  readonly lambdaFolder: string
  /** A folder for each function beside the transformer: `freshness` and `keys`, each with `index.js` and `package.json`. */
  readonly functionsFolder: string
  /** The lock file that says which sharp the Lambda gets. */
  readonly lockFile: string
}

const ownLockFile = join(root, 'package-lock.json')

/** What `npm run build` writes: absolute paths, so that an app may be run from any folder. */
export const defaultBuiltFiles: BuiltFiles = {
  viewerFunctionFile: join(root, 'build/viewer-fn/index.js'),
  lambdaFolder: join(root, 'build/lambda'),
  functionsFolder: join(root, 'build/functions'),
  lockFile: existsSync(ownLockFile) ? ownLockFile : lockExtract,
}

/** This file is one folder below the root as a source, and two as built. */
function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const above = dirname(folder)
  if (above === folder) throw new Error(`expected a package.json above ${import.meta.url} but found none`)
  return findRoot(above)
}
