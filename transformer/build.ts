import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const outputFolder = join(root, 'build/lambda')

/**
 * Bundles the transformer into one CommonJS file, which starts faster than an ES module, and returns its bytes. sharp
 * stays outside: its native half is packaged for Lambda's platform by `npm run package`.
 */
export async function buildTransformer(): Promise<number> {
  const result = await build({
    entryPoints: [join(root, 'transformer/lambda.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    external: ['sharp'],
    // The ES module half of each package: unused parts of the S3 client can be left out, which makes it start faster.
    mainFields: ['module', 'main'],
    // sharp, imported when it is needed, becomes a require of its CommonJS half: 43 ms instead of 108.
    supported: { 'dynamic-import': false },
    legalComments: 'none',
    logLevel: 'warning',
  })
  const code = result.outputFiles[0]?.text ?? ''
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  const manifest = {
    name: 'fovea-transformer',
    private: true,
    // The folder lies within an ES module package, on one machine as in a checkout.
    type: 'commonjs',
    dependencies: { sharp: lock.packages['node_modules/sharp'].version },
  }
  await mkdir(outputFolder, { recursive: true })
  await writeFile(join(outputFolder, 'index.js'), code)
  await writeFile(join(outputFolder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return Buffer.byteLength(code)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(`transformer: ${((await buildTransformer()) / 1000).toFixed(0)} kB`)
}
