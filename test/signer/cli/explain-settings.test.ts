import assert from 'node:assert/strict'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { writeSettings } from './explained.ts'
import { makeFolder, removeFolders, run, spawnCli } from './run.ts'

after(removeFolders)

suite('the settings of fovea explain', () => {
  test('are those of the file that FOVEA_CONFIG names, as for npm start', async () => {
    const folder = await writeSettings()
    const { out } = await run(['explain', '/a.jpg?w=700'], {
      folder,
      environment: { FOVEA_CONFIG: 'settings.json' },
    })
    assert.match(out, /^canonical {2}\/a\.jpg\?rev=1&width=1280&format=auto\.avif$/m)
    assert.match(out, /settings\.json$/m)
  })

  test('are the defaults where there are none', async () => {
    const { out } = await run(['explain', '/a.jpg?w=700'], { folder: await makeFolder() })
    assert.match(out, /^canonical {2}\/a\.jpg\?rev=1&width=800&format=auto\.avif$/m)
    assert.match(out, /^settings {3}defaults$/m)
  })

  test('are those of fovea.config.ts in the folder, compiled by what is beside it', async () => {
    const folder = await makeFolder()
    await writeFile(join(folder, 'fovea.config.ts'), 'export default { widths: [111] as number[] }\n')
    await mkdir(join(folder, 'infra'))
    const compiler =
      'export const viewerFunctionSettings = (given: { widths: number[] }) => ({ ladder: given.widths })\n'
    await writeFile(join(folder, 'infra/settings.ts'), compiler)
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await symlink(
      fileURLToPath(new URL('../../../node_modules', import.meta.url)),
      join(folder, 'node_modules'),
    )
    const { code, out, err } = await spawnCli(['explain', '/a.jpg?w=100', '--json'], { cwd: folder })
    assert.deepEqual([code, err], [0, ''])
    assert.equal(JSON.parse(out).canonical, '/a.jpg?rev=1&width=111&format=auto.avif')
  })

  test('are those of this deployment', async () => {
    const { code, out } = await spawnCli(['explain', '/products/example.jpg?w=100', '--json'])
    assert.equal(code, 0)
    assert.match(JSON.parse(out).settings, /fovea\.config\.ts$/)
  })

  for (const [what, text] of [
    ['what is no JSON', '{'],
    ['access without a rule for the rest', '{"access":[["a","open"]]}'],
    ['a ladder that is none', '{"ladder":5}'],
  ] as const) {
    test(`are refused as ${what}`, async () => {
      const folder = await makeFolder()
      await writeFile(join(folder, 'x.json'), text)
      const { code, err } = await run(['explain', '/a.jpg', '--config', 'x.json'], { folder })
      assert.equal(code, 1)
      assert.match(err, /^fovea explain: /)
    })
  }
})
