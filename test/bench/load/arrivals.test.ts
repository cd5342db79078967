import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countArrivals, planArrivals } from '../../../bench/load/arrivals.ts'

const plan = { requestsPerSecond: 300, seconds: 10, maxRequests: 100_000 }

suite('planArrivals', () => {
  test('spreads even arrivals over the time, at the rate', () => {
    const arrivals = [...planArrivals(plan)]
    assert.equal(arrivals.length, 3000)
    assert.equal(arrivals[0], 0)
    assert.equal(arrivals[300], 1000)
    assert.equal(arrivals[2999], 2999 / 0.3)
  })

  test('gives random arrivals at the rate on average, and gaps as independent viewers leave', () => {
    const arrivals = [...planArrivals({ ...plan, kind: 'poisson', seed: 3 })]
    assert.ok(Math.abs(arrivals.length - 3000) < 300, String(arrivals.length))
    const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] as number))
    assert.ok(gaps.every((gap) => gap >= 0))
    // Exponential: one of e gaps is longer than the mean; of even ones none or all were.
    const long = gaps.filter((gap) => gap > 1000 / 300).length / gaps.length
    assert.ok(long > 0.3 && long < 0.44, String(long))
  })

  test('gives the same random arrivals for the same seed, and others for another', () => {
    const draw = (seed: number) => [...planArrivals({ ...plan, kind: 'poisson', seed })]
    assert.deepEqual(draw(5), draw(5))
    assert.notDeepEqual(draw(5), draw(6))
  })

  test('ends after so many requests, whatever time is left', () => {
    assert.equal([...planArrivals({ ...plan, maxRequests: 7 })].length, 7)
    assert.equal(countArrivals({ ...plan, maxRequests: 7 }), 7)
    assert.equal(countArrivals(plan), 3000)
  })
})
