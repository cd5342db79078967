import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../../infra/built-files.ts'
import { makeFolder } from './stand-in.ts'

/** Synthesizes with the settings `given`, as text, of a file of its own. */
function synthesize(given: string) {
  const folder = makeFolder()
  const file = join(folder, 'fovea.config.mjs')
  const settings = join(root, 'infra/settings.ts')
  writeFileSync(
    file,
    `import { defineSettings } from '${settings}'\nexport default defineSettings(${given})\n`,
  )
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'infra/app.ts')], {
    env: { ...process.env, FOVEA_CONFIG: file, CDK_OUTDIR: join(folder, 'out') },
    encoding: 'utf8',
  })
  return { file, status, stderr }
}

suite('npm run synth', () => {
  for (const [what, given, message] of [
    [
      'a setting that could not work',
      '{ ladder: [640, 320] }',
      'expected rising whole widths from 1 to 8192, at least one for ladder but received [ 640, 320 ]',
    ],
    [
      'settings too large for the edge function',
      "{ hotlinks: { hosts: Array.from({ length: 200 }, (_, at) => 'host-' + at + '.example.com') } }",
      /^the edge function is too large: settings \d+ of 1536 bytes, .*; the largest setting is hotlinks/,
    ],
  ] as const) {
    test(`refuses ${what} in one line that names the file`, () => {
      const { file, status, stderr } = synthesize(given)
      assert.equal(status, 1)
      const [, said = ''] = stderr.match(/^Fovea: (.*)\n$/) ?? []
      assert.ok(said.startsWith(`${file}: `), stderr)
      const rest = said.slice(file.length + 2)
      if (typeof message === 'string') assert.equal(rest, message)
      else assert.match(rest, message)
    })
  }

  test('shows where a settings file fails that is no settings file', () => {
    const { status, stderr } = synthesize('nothing')
    assert.equal(status, 1)
    assert.match(stderr, /ReferenceError: nothing is not defined\n +at .*fovea\.config\.mjs/)
  })

  test('says who may have what', () => {
    const { status, stderr } = synthesize("{ access: { '': 'signed' } }")
    assert.equal(status, 0, stderr)
    assert.match(
      stderr,
      /^Fovea: access\nFovea: {3}all other keys: signed\nFovea: the transformer's asset is /,
    )
  })
})
