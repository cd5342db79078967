import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type BudgetFigures, formatBudget, judgeBudget } from '../../../bench/budget/report.ts'

const bounds = { maxTime: 3, maxBytes: 10, minSpeedUp: 5 }

/** At the bounds on the mean: one original above, one below; and one beyond the width up to which they hold. */
const figures: BudgetFigures = {
  source: 'here',
  scorer: 'a crate',
  times: [
    { name: 'one', width: 800, format: 'avif', autoMs: 400, webpMs: 100, plainMs: 1600 },
    { name: 'two', width: 800, format: 'avif', autoMs: 200, webpMs: 100, plainMs: 1300 },
    { name: 'one', width: 2560, format: 'webp', autoMs: 300, webpMs: 300 },
  ],
  bytes: [
    { name: 'one', width: 800, ratio: 1.2, plainQuality: 50 },
    { name: 'two', width: 800, ratio: 1, plainQuality: 50 },
  ],
}

suite('judgeBudget', () => {
  test('passes means that are within the bounds', () => {
    assert.deepEqual(judgeBudget(figures, bounds), [])
  })

  test('fails what compared no bytes', () => {
    assert.deepEqual(judgeBudget({ ...figures, bytes: [] }, bounds), ['no bytes were compared'])
  })

  const [first, ...others] = figures.times
  const missed: readonly (readonly [what: string, change: Partial<BudgetFigures>, failure: RegExp])[] = [
    [
      'time',
      { times: [{ ...first, autoMs: 480, plainMs: 2400 } as never, ...others] },
      /^800 px: auto takes 3\.10/,
    ],
    ['bytes', { bytes: figures.bytes.map((each) => ({ ...each, ratio: 1.11 })) }, /^800 px: 11\.0 % more/],
    ['speed', { times: [{ ...first, plainMs: 1000 } as never, ...others] }, /^800 px: AVIF is 4\.0 × faster/],
    [
      'WebP within the budget',
      { times: [...figures.times, { ...first, name: 'three', format: 'webp', plainMs: undefined } as never] },
      /^three at 800 px/,
    ],
  ]
  for (const [what, change, failure] of missed) {
    test(`fails ${what}`, () => {
      const [found, ...rest] = judgeBudget({ ...figures, ...change }, bounds)
      assert.match(found ?? '', failure)
      assert.deepEqual(rest, [])
    })
  }
})

suite('formatBudget', () => {
  test('has a row for each time, and no figure for what was not measured', () => {
    const text = formatBudget(figures)
    assert.equal(text.match(/^(?:one|two) /gm)?.length, figures.times.length)
    assert.doesNotMatch(text, /NaN|undefined/)
  })
})
