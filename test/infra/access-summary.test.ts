import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countReach } from '../../grammar/reach.ts'
import { summarizeAccess } from '../../infra/access-summary.ts'
import { defineSettings, viewerFunctionSettings } from '../../infra/settings.ts'
import { fullSettings } from './full-settings.ts'

suite('summarizeAccess', () => {
  test('says how much can be asked for where access is bounded', () => {
    const count = countReach(viewerFunctionSettings(defineSettings()))
    assert.equal(count, 42_900)
    assert.deepEqual(summarizeAccess(defineSettings()), [
      'access',
      '  all other keys: bounded',
      '42,900 variants of one original can be asked for without a signature',
      '  42,900 without preset: 1,716 sizes and crops × 25 formats and qualities',
      // 42,900 × (10 s × 1,769 / 1,024 GB × $0.0000133334 + $0.2 + 2 × $0.4 + $0.75 a million) = 9.88 + 0.08
      '  at worst $9.96 to make each of them once, were each to take all of compute.timeoutSeconds',
    ])
  })

  test('prices them by time and memory that a run may have', () => {
    const dear = summarizeAccess(
      defineSettings({ compute: { timeoutSeconds: 20, memoryMegabytes: 3538 } }),
    ).at(-1)
    assert.equal(Math.round(Number(/\$([\d.]+)/.exec(dear ?? '')?.[1])), 40)
  })

  test('says it by preset, and what the prefixes are', () => {
    const [, ...lines] = summarizeAccess(fullSettings)
    assert.match(lines.pop() ?? '', /at worst \$[\d.]+ to make/)
    const presets = lines.splice(-4).map((line) => /^ {2}([\d,]+) (.*): [\d,]+ sizes/.exec(line) ?? [])
    const total = lines.pop() ?? ''
    assert.deepEqual(lines, [
      '  private/press/: guarded by CloudFront, then bounded',
      '  paid/samples/: open, any number of variants of one original',
      '  private/: guarded by CloudFront, then open, any number of variants of one original',
      '  paid/: signed',
      '  café/: signed, but no path pattern stands for it, so browsers keep its answers like others',
      '  all other keys: bounded',
    ])
    assert.deepEqual(
      presets.map(([, , name]) => name),
      ['without preset', 'with card', 'with hero', 'with sold'],
    )
    const read = (text: string) => Number(text.replaceAll(',', ''))
    assert.equal(
      presets.reduce((sum, [, count = '']) => sum + read(count), 0),
      read(total.split(' ')[0] ?? ''),
    )
  })

  for (const mode of ['open', 'signed'] as const) {
    test(`counts nothing where all is ${mode}`, () => {
      assert.equal(summarizeAccess(defineSettings({ access: { '': mode } })).length, 2)
    })
  }
})
