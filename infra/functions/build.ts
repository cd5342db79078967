import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** The functions beside the transformer, by the folder of each in `infra/functions` and in `build/functions`. */
const names = ['freshness', 'keys']

/**
 * Bundles each function into one CommonJS file, the AWS SDK too: about 125 kB zipped, and tested in the very version that runs.
 * Lambda's runtime has an SDK of its own, in a version that it changes, and no SigV4A, which the KeyValueStore asks for. Source:
 * Lambda guide, "Building Lambda functions with Node.js". Returns the bytes of each.
 */
export async function buildFunctions(): Promise<Record<string, number>> {
  return Object.fromEntries(await Promise.all(names.map(buildFunction)))
}

async function buildFunction(name: string): Promise<[name: string, bytes: number]> {
  const result = await build({
    entryPoints: [join(root, 'infra/functions', name, 'lambda.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    // The ES module half of each package, of which unused parts can be left out.
    mainFields: ['module', 'main'],
    supported: { 'dynamic-import': false },
    legalComments: 'none',
    logLevel: 'warning',
  })
  const code = result.outputFiles[0]?.text ?? ''
  const folder = join(root, 'build/functions', name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'index.js'), code)
  // The folder lies within an ES module package, on one machine as in a checkout.
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ private: true, type: 'commonjs' })}\n`)
  return [name, Buffer.byteLength(code)]
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [name, bytes] of Object.entries(await buildFunctions())) {
    console.log(`${name}: ${(bytes / 1000).toFixed(0)} kB`)
  }
}
