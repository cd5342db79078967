import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { maxCodeBytes, maxFunctionBytes, maxSettingsBytes } from '../../grammar/function-bytes.ts'
import { compileSettings, readViewerFunctionCode } from '../../infra/viewer-function-code.ts'

const CODE = 'const FOVEA_SETTINGS=__FOVEA_SETTINGS__;'

suite('compileSettings', () => {
  test('puts the JSON in the place of the placeholder', () => {
    assert.equal(compileSettings(CODE, { ladder: [160, 320] }), 'const FOVEA_SETTINGS={"ladder":[160,320]};')
  })

  test('takes dollar signs of a setting as they are', () => {
    assert.equal(compileSettings(CODE, { a: "$&$'" }), `const FOVEA_SETTINGS={"a":"$&$'"};`)
  })

  test('writes other than ASCII as escapes, line separators included', () => {
    const compiled = compileSettings(CODE, { a: 'é\u2028😀' })
    assert.equal(compiled, 'const FOVEA_SETTINGS={"a":"\\u00e9\\u2028\\ud83d\\ude00"};')
  })

  for (const [code, times] of [
    ['const a=1', 0],
    [CODE + CODE, 2],
  ] as const) {
    test(`refuses code that holds the placeholder ${times} times`, () => {
      assert.throws(() => compileSettings(code, {}), { message: new RegExp(`found it ${times} times`) })
    })
  }

  test('names both sizes and the largest setting when the settings are over budget', () => {
    const settings = { ladder: [160], presets: 'x'.repeat(maxSettingsBytes) }
    assert.throws(() => compileSettings(CODE, settings), {
      message:
        /settings 1565 of 1536 bytes, code 22 of 8192 bytes; the largest setting is presets with 1538 bytes/,
    })
  })

  test('names the largest setting when the code is over budget', () => {
    assert.throws(() => compileSettings(CODE + 'x'.repeat(maxCodeBytes), { ladder: [160], a: 1 }), {
      message: /code 8214 of 8192 bytes; the largest setting is ladder with 5 bytes/,
    })
  })

  test('counts bytes, not characters', () => {
    assert.throws(() => compileSettings(CODE + 'é'.repeat(maxCodeBytes / 2), {}), { message: /code 8214 of/ })
  })

  test('accepts both budgets used up, and that fits CloudFront', () => {
    const code = CODE.padEnd(maxCodeBytes + '__FOVEA_SETTINGS__'.length, ' ')
    const compiled = compileSettings(code, { a: 'x'.repeat(maxSettingsBytes - '{"a":""}'.length) })
    assert.equal(compiled.length, maxCodeBytes + maxSettingsBytes)
    assert.ok(compiled.length <= maxFunctionBytes)
  })
})

suite('readViewerFunctionCode', () => {
  test('says to build first when the file is missing', () => {
    assert.throws(() => readViewerFunctionCode('/nowhere/index.js', {}), {
      message: /run `npm run build` first/,
    })
  })
})
