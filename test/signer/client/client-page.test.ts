import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { buildSigner } from '../../../signer/build.ts'
import { readText, root } from '../../project-files.ts'
import { secret } from '../test-signer.ts'

const exec = promisify(execFile)

/** Each example of the page, and what the page says that it prints. */
const examples = [
  ...readText('docs/client.md').matchAll(/^```ts\n([\s\S]*?)^```\n\n```(?:text|html)\n([\s\S]*?)^```$/gm),
].map(([, source = '', output = ''], index) => ({ name: `example${index + 1}`, source, output }))

suite('docs/client.md', () => {
  let folder = ''

  before(async () => {
    await buildSigner()
    folder = await mkdtemp(join(tmpdir(), 'fovea-page-'))
    await mkdir(join(folder, 'node_modules'))
    await symlink(root, join(folder, 'node_modules/fovea'))
    await symlink(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    for (const { name, source } of examples) await writeFile(join(folder, `${name}.ts`), source)
  })

  after(() => rm(folder, { recursive: true, force: true }))

  test('has no example that is not run', () => {
    assert.ok(examples.length >= 8, `${examples.length}`)
    assert.equal(examples.length, readText('docs/client.md').match(/^```ts$/gm)?.length)
  })

  test('has examples that compile', async () => {
    const compilerOptions = {
      module: 'NodeNext',
      target: 'ES2022',
      strict: true,
      noEmit: true,
      types: ['node'],
    }
    const files = examples.map(({ name }) => `${name}.ts`)
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
    await exec(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder]).catch(
      ({ stdout }: { stdout: string }) => assert.fail(stdout),
    )
  })

  for (const { name, source, output } of examples) {
    test(`has ${name} print what it says: ${/\w+(?=\()/.exec(source.replace(/^import.*|console\.log/gm, ''))}`, async () => {
      const outfile = join(folder, `${name}.mjs`)
      await build({ entryPoints: [join(folder, `${name}.ts`)], outfile, format: 'esm', logLevel: 'silent' })
      const env = { PATH: process.env.PATH, FOVEA_SECRET: secret, NO_COLOR: '1' }
      const { stdout } = await exec(process.execPath, [outfile], { env })
      assert.equal(stdout, output)
    })
  }
})
