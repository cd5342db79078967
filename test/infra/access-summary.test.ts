import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countReach } from '../../grammar/reach.ts'
import { summarizeAccess } from '../../infra/access-summary.ts'
import { defineSettings, viewerFunctionSettings } from '../../infra/settings.ts'
import { fullSettings } from './full-settings.ts'

suite('summarizeAccess', () => {
  test('says how much can be asked for where access is bounded', () => {
    const count = countReach(viewerFunctionSettings(defineSettings()))
    assert.ok(count > 1000)
    assert.deepEqual(summarizeAccess(defineSettings()), [
      'access',
      '  all other keys: bounded',
      `${count.toLocaleString('en')} variants of one original can be asked for without a signature`,
    ])
  })

  test('says it by preset, and what the prefixes are', () => {
    const [, ...lines] = summarizeAccess(fullSettings)
    const presets = lines.pop() ?? ''
    const total = lines.pop() ?? ''
    assert.deepEqual(lines, [
      '  private/press/: guarded by CloudFront, then bounded',
      '  paid/samples/: open, any number of variants of one original',
      '  private/: guarded by CloudFront, then open, any number of variants of one original',
      '  paid/: signed',
      '  café/: signed, but no path pattern stands for it, so browsers keep its answers like others',
      '  all other keys: bounded',
    ])
    assert.match(presets, /^ {2}[\d,]+ without preset, [\d,]+ with card, [\d,]+ with hero, [\d,]+ with sold$/)
    const parts = presets.match(/[\d,]+(?= with)/g) ?? []
    const read = (text: string) => Number(text.replaceAll(',', ''))
    assert.equal(
      parts.reduce((sum, part) => sum + read(part), 0),
      read(total.split(' ')[0] ?? ''),
    )
  })

  for (const mode of ['open', 'signed'] as const) {
    test(`counts nothing where all is ${mode}`, () => {
      assert.equal(summarizeAccess(defineSettings({ access: { '': mode } })).length, 2)
    })
  }
})
