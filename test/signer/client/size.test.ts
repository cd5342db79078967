import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { buildSigner } from '../../../signer/build.ts'
import { readText, root } from '../../project-files.ts'

/** Bytes of each export, bundled by itself, minified and in gzip. */
const maxBytes = 3000

const exported = [...readText('signer/client.ts').matchAll(/^export \{([^}]*)\}/gm)].flatMap(
  ([, names = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type ')),
)

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    // The file that the package exports, as a project that has it bundles it for browsers.
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

suite('fovea/client in a browser', () => {
  before(buildSigner)

  test('exports what is measured here', () => assert.ok(exported.length >= 13, exported.join(' ')))

  for (const name of exported) {
    test(`has ${name} in less than 3 kB, and nothing of Node`, async () => {
      const text = await bundle(`export { ${name} } from './build/signer/client.js'`)
      const bytes = gzipSync(text).length
      assert.ok(bytes > 400 && bytes < maxBytes, `${bytes} bytes`)
      assert.doesNotMatch(text, /crypto|require\(|node:|process\.|Buffer/)
    })
  }

  test('leaves nothing of what is not used', async () => {
    assert.ok((await bundle("import './build/signer/client.js'")).length < 30)
    assert.doesNotMatch(
      await bundle("export { imageUrl } from './build/signer/client.js'"),
      /vw|srcset|img|PNG/,
    )
  })
})
