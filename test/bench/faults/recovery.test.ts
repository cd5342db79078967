import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findRecovery } from '../../../bench/faults/recovery.ts'

const answers = (...given: [sentAt: number, failed: boolean][]) =>
  given.map(([sentAt, failed]) => ({ sentAt, failed }))

suite('findRecovery', () => {
  const cases: [string, ReturnType<typeof answers>, number, number | undefined][] = [
    ['is nothing where the first second is clean', answers([100, false], [900, false]), 1200, 0],
    ['waits until a second is over', answers([100, false]), 900, undefined],
    [
      'begins after the last error before a clean second',
      answers([100, true], [300, true], [400, false]),
      1400,
      301,
    ],
    ['is not there where errors go on', answers([100, true], [900, true], [1800, true]), 2000, undefined],
    ['needs somebody who was answered', answers([100, true]), 5000, undefined],
    ['leaves out who asked before', answers([-50, true], [100, false]), 1100, 0],
    ['is the first clean second, not the last', answers([100, false], [1500, true], [1600, false]), 4000, 0],
  ]
  for (const [what, outcomes, settledUntil, expected] of cases) {
    test(what, () => assert.equal(findRecovery(outcomes, 0, settledUntil), expected))
  }
})
