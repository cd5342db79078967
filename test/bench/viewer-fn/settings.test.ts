import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { changeSettings, readCompiled } from '../../../bench/viewer-fn/settings.ts'
import { formatSettings } from '../../../grammar/format-settings.ts'

/** As it is built, with what may end a text, a statement or a replacement in a text of the settings. */
const placeholder = '/x.jpg?a=";b=\\";$&$1'
const before = 'import a from"crypto";const FOVEA_SETTINGS='
const after = ';var b=";",c=FOVEA_SETTINGS;function handler(d){return d}'
const compile = (settings: object) => `${before}${formatSettings(settings)}${after}`
const settings = { ladder: [1, 2], hotlinks: { pages: '/a;b/', placeholder }, lifetime: 60 }

suite('readCompiled', () => {
  test('reads the settings, and the bytes of the code without them', () => {
    const compiled = readCompiled(compile(settings))
    // Made in another context, whose objects are none of this one's.
    assert.deepEqual(JSON.parse(JSON.stringify(compiled)), {
      codeBytes: before.length + after.length,
      settings,
    })
  })

  test('refuses code without settings', () => {
    assert.throws(() => readCompiled('function handler(){}'), /expected const FOVEA_SETTINGS=/)
  })
})

suite('changeSettings', () => {
  test('changes what is named, and nothing else', () => {
    const hotlinks = { pages: /^a$/i, placeholder }
    assert.equal(changeSettings(compile(settings), { hotlinks }), compile({ ...settings, hotlinks }))
  })

  test('takes away what is undefined', () => {
    assert.equal(
      changeSettings(compile(settings), { hotlinks: undefined }),
      compile({ ladder: [1, 2], lifetime: 60 }),
    )
  })
})
