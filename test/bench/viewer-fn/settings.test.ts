import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readCompiled } from '../../../bench/viewer-fn/settings.ts'
import { formatSettings } from '../../../grammar/format-settings.ts'

/** As it is built, with what may end a text, a statement or a replacement in a text of the settings. */
const placeholder = '/x.jpg?a=";b=\\";$&$1'
const before = 'import a from"crypto";var c='
const after = ',b=";";function handler(d){return d}'
const built = `${before}__FOVEA_SETTINGS__${after}`
const compile = (settings: object) => `${before}${formatSettings(settings)}${after}`
const settings = { ladder: [1, 2], hotlinks: { pages: '/a;b/', placeholder }, lifetime: 60 }

suite('readCompiled', () => {
  test('reads the settings, and the bytes of the code without them', () => {
    const compiled = readCompiled(compile(settings), built)
    assert.equal(compiled.codeBytes, before.length + after.length)
    // Made in another context, whose objects are none of this one's.
    assert.deepEqual(JSON.parse(JSON.stringify(compiled.settings)), settings)
  })

  for (const [what, code] of [
    ['another function', 'function handler(){}'],
    ['a function that was built anew since', `${compile(settings)} `],
  ] as const) {
    test(`refuses ${what}`, () => {
      assert.throws(() => readCompiled(code, built), /expected the edge function to be the built one/)
    })
  }

  test('refuses a built function without a place for settings', () => {
    assert.throws(() => readCompiled(compile(settings), 'function handler(){}'), /expected the edge function/)
  })
})

suite('a compiled function with other settings', () => {
  const compiled = readCompiled(compile(settings), built)

  test('has what is named changed, and nothing else', () => {
    const hotlinks = { pages: /^a$/i, placeholder }
    assert.equal(compiled.change({ hotlinks }), compile({ ...settings, hotlinks }))
  })

  test('has what is undefined taken away', () => {
    assert.equal(compiled.change({ hotlinks: undefined }), compile({ ladder: [1, 2], lifetime: 60 }))
  })
})
