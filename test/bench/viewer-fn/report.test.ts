import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { RequestCost, ViewerFunctionFigures } from '../../../bench/viewer-fn/measure.ts'
import { formatViewerFunction, judgeViewerFunction } from '../../../bench/viewer-fn/report.ts'
import { maxCodeBytes, maxFunctionBytes } from '../../../grammar/function-bytes.ts'

const cost = (name: RequestCost['name'], instructions?: number): RequestCost => ({
  name,
  instructions,
  changedSettings: [],
  storeReads: 0,
  vmMicroseconds: 1,
})

/** At every bound. */
const figures: ViewerFunctionFigures = {
  codeBytes: maxCodeBytes,
  bytes: maxFunctionBytes,
  costs: [cost('typical', 7), cost('signed', 10), cost('worst', 1000)],
}
const bounds = { typical: 7, signed: 10 }

suite('judgeViewerFunction', () => {
  test('passes what is at its bounds, and counts that have none', () => {
    assert.deepEqual(judgeViewerFunction(figures, bounds), [])
  })

  const missed: readonly (readonly [change: Partial<ViewerFunctionFigures>, failure: RegExp])[] = [
    [{ codeBytes: maxCodeBytes + 1 }, /^8193 bytes of code/],
    [{ bytes: maxFunctionBytes + 1 }, /^10241 bytes with settings/],
    [{ costs: [cost('typical', 8)] }, /^typical: 8 instructions/],
    [{ costs: [cost('signed', 11)] }, /^signed: 11 instructions/],
  ]
  for (const [change, failure] of missed) {
    test(`fails ${JSON.stringify(change)}`, () => {
      const [first, ...others] = judgeViewerFunction({ ...figures, ...change }, bounds)
      assert.match(first ?? '', failure)
      assert.deepEqual(others, [])
    })
  }

  test('passes what could not be counted', () => {
    assert.deepEqual(judgeViewerFunction({ ...figures, costs: [cost('typical')] }, bounds), [])
  })
})

suite('formatViewerFunction', () => {
  test('says which request was measured with other settings than those deployed', () => {
    const text = formatViewerFunction({
      ...figures,
      costs: [cost('typical'), { ...cost('hotlink'), changedSettings: ['hotlinks'] }],
    })
    assert.match(text, /^hotlink \* /m)
    assert.match(text, /^\* hotlink: .*hotlinks/m)
    assert.doesNotMatch(text, /^typical \*|undefined|NaN/m)
  })
})
