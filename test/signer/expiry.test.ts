import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { type ExpiryOptions, planExpiry } from '../../signer/expiry.ts'
import { askEdge, nowMs, testSigner } from './test-signer.ts'

const week = 604_800

/** The end of a URL, as a date. */
function endOf(url: string): string {
  return new Date(Number(/exp=(\d+)/.exec(url)?.[1]) * 1000).toISOString()
}

suite('expiry', () => {
  const cases: [string, ExpiryOptions, string][] = [
    ['a day, rounded up to the hour, by default', {}, '2026-11-24T09:00:00.000Z'],
    ['two days, rounded up to the day', { expiresInSeconds: 172_800 }, '2026-11-26T00:00:00.000Z'],
    ['an hour, rounded up to the minute', { expiresInSeconds: 3600 }, '2026-11-23T09:10:00.000Z'],
    ['a minute, to the second', { expiresInSeconds: 60 }, '2026-11-23T08:10:10.000Z'],
    ['a second', { expiresInSeconds: 1 }, '2026-11-23T08:09:11.000Z'],
    [
      'an hour rounded to the day',
      { expiresInSeconds: 3600, roundToSeconds: 86_400 },
      '2026-11-24T00:00:00.000Z',
    ],
    ['a week, rounded down since no more is allowed', { expiresInSeconds: week }, '2026-11-30T00:00:00.000Z'],
    ['a day that is not rounded', { roundToSeconds: 1 }, '2026-11-24T08:09:10.000Z'],
  ]
  for (const [what, options, end] of cases) {
    test(`of a signer is ${what}`, () => assert.equal(endOf(testSigner(options).signUrl('a')), end))
    test(`of one URL is ${what}`, () => assert.equal(endOf(testSigner().signUrl('a', {}, options)), end))
  }

  test('of a URL with a lifetime of its own is not rounded as the signer rounds', () => {
    const signer = testSigner({ expiresInSeconds: week / 2, roundToSeconds: 86_400 })
    assert.equal(endOf(signer.signUrl('a', {}, { expiresInSeconds: 60 })), '2026-11-23T08:10:10.000Z')
    assert.equal(endOf(signer.signUrl('a', {}, { roundToSeconds: 3600 })), '2026-11-26T21:00:00.000Z')
  })

  test('gives pages of the same hour the same URL, and the next hour another', () => {
    const at = (minutes: number) =>
      testSigner({ now: () => Date.UTC(2026, 0, 1, 10, minutes) }).signUrl('a', { width: 80 })
    assert.equal(at(1), at(59))
    assert.notEqual(at(59), at(61))
  })

  test('is the very moment that is asked for', () => {
    const expiresAt = new Date(nowMs + 12_345_678)
    assert.equal(endOf(testSigner().signUrl('a', {}, { expiresAt })), '2026-11-23T11:34:55.000Z')
  })

  for (const expiresAt of [new Date(nowMs), new Date(nowMs + (week + 1) * 1000), new Date(Number.NaN), 1]) {
    test(`refuses the moment ${String(expiresAt)}`, () => {
      assert.throws(() => testSigner().signUrl('a', {}, { expiresAt: expiresAt as Date }), {
        message: /^expected a Date within 604800 seconds from now for expiresAt but received/,
      })
    })
  }

  for (const options of [
    { expiresInSeconds: 0 },
    { expiresInSeconds: 1.5 },
    { expiresInSeconds: week + 1 },
    { expiresInSeconds: Number.POSITIVE_INFINITY },
    { roundToSeconds: 0 },
    { roundToSeconds: week / 2 + 1 },
    { maxLifetimeSeconds: 0 },
  ]) {
    test(`refuses ${JSON.stringify(options)}`, () => {
      assert.throws(() => testSigner(options), { message: /^expected a whole number of seconds from 1 to/ })
    })
  }

  test('never lies above the lifetime, nor below what was asked by more than the rounding', () => {
    const seconds = fc.integer({ min: 1, max: week })
    fc.assert(
      fc.property(
        seconds,
        seconds,
        fc.integer({ min: 1, max: 4e9 }),
        seconds,
        (expiresIn, round, now, max) => {
          const expiresInSeconds = Math.min(expiresIn, max)
          const roundToSeconds = Math.min(round, Math.max(1, Math.floor(max / 2)))
          for (const roundTo of [roundToSeconds, undefined]) {
            const end = planExpiry({ expiresInSeconds, roundToSeconds: roundTo }, max)(now)
            assert.ok(end > now && end <= now + max, `${end - now} of ${max}`)
            assert.ok(end - now > expiresInSeconds - (roundTo ?? expiresInSeconds / 2))
          }
        },
      ),
    )
  })

  test('of what the signer signs is one that the edge takes', () => {
    for (const expiresInSeconds of [1, 60, 86_400, week]) {
      assert.equal(askEdge(testSigner({ expiresInSeconds }).signUrl('a')).refusal, undefined)
    }
  })
})
