import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { root } from '../edge/project.ts'

/** Within the project, so that sharp is found. */
const outputFolder = join(root, 'build/bench')

/**
 * Bundles the TypeScript at `script` as the transformer is, sharp outside, and returns the file. So a process that is
 * measured holds nothing that only the bench needs, such as a loader of TypeScript.
 */
export async function bundleScript(script: URL): Promise<string> {
  const entry = fileURLToPath(script)
  // Two benches may run at once, and have scripts of one name.
  const outfile = join(outputFolder, relative(join(root, 'bench'), entry).replace(/\.ts$/, '.cjs'))
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    external: ['sharp'],
    logLevel: 'warning',
  })
  return outfile
}
