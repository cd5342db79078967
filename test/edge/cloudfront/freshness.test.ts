import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { computeLifetime, type Lifetime } from '../../../edge/cloudfront/freshness.ts'

// Expectations are the CloudFront developer guide's: "Manage how long content stays in the cache (expiration)" and "How
// CloudFront caches HTTP 4xx and 5xx status codes".

const noErrors: ReadonlyMap<number, number> = new Map()

/** The lifetime under a cache policy of minimum, default and maximum seconds. */
function lifetimeOf(
  status: number,
  header: string | Record<string, string>,
  [minSeconds, defaultSeconds, maxSeconds]: readonly [number, number, number] = [0, 60, 1000],
  errors = noErrors,
): Lifetime | undefined {
  return computeLifetime(
    status,
    typeof header === 'string' ? { 'cache-control': header } : header,
    { id: 'policy', encodings: [], minSeconds, defaultSeconds, maxSeconds },
    errors,
  )
}

suite('computeLifetime of a success', () => {
  type Policy = readonly [min: number, normal: number, max: number]
  const zero: Policy = [0, 60, 1000]
  const hour: Policy = [100, 200, 1000]
  const cases: readonly (readonly [header: string, policy: Policy, seconds: number | undefined])[] = [
    ['', zero, 60],
    ['', hour, 200],
    ['public', zero, 60],
    ['max-age=5', zero, 5],
    ['max-age=5', hour, 100],
    ['max-age=300', hour, 300],
    ['max-age=5000', zero, 1000],
    ['max-age=5000', hour, 1000],
    ['max-age=0', zero, undefined],
    ['max-age=0', hour, 100],
    ['s-maxage=7', zero, 7],
    ['s-maxage=7, max-age=5', zero, 7],
    ['max-age=5, s-maxage=7', zero, 7],
    ['max-age=700, s-maxage=7', hour, 100],
    ['s-maxage=0, max-age=700', zero, undefined],
    ['no-store', zero, undefined],
    ['no-cache', zero, undefined],
    ['private', zero, undefined],
    ['private, max-age=300', zero, undefined],
    ['no-store', hour, 100],
    ['no-cache', hour, 100],
    ['private, max-age=300', hour, 100],
    ['MAX-AGE=5', zero, 5],
    [' max-age="5" ,public', zero, 5],
    ['max-age=soon', zero, undefined],
  ]
  for (const [header, policy, seconds] of cases) {
    test(`keeps "${header}" ${seconds ?? 0} s under minimum ${policy[0]} and maximum ${policy[2]}`, () => {
      assert.equal(lifetimeOf(200, header, policy)?.freshSeconds, seconds)
    })
  }

  test('reads the stale directives, capped by the maximum TTL', () => {
    assert.deepEqual(lifetimeOf(200, 'max-age=5, stale-while-revalidate=30, stale-if-error=5000'), {
      freshSeconds: 5,
      staleWhileRevalidateSeconds: 30,
      staleIfErrorSeconds: 1000,
    })
  })

  test('serves nothing stale unless the answer says so', () => {
    const lifetime = lifetimeOf(200, 'max-age=5')
    assert.equal(lifetime?.staleWhileRevalidateSeconds, 0)
    assert.equal(lifetime?.staleIfErrorSeconds, 0)
  })
})

suite('computeLifetime where RFC 9111 decides', () => {
  const date = 'Mon, 23 Nov 2026 12:00:00 GMT'
  const inAMinute = 'Mon, 23 Nov 2026 12:01:00 GMT'
  const anHourAgo = 'Mon, 23 Nov 2026 11:00:00 GMT'
  const cases: readonly (readonly [
    what: string,
    headers: Record<string, string>,
    seconds: number | undefined,
  ])[] = [
    ['Expires less Date, without max-age (5.3)', { date, expires: inAMinute }, 60],
    ['Expires in the past', { date, expires: anHourAgo }, undefined],
    ['an invalid Expires, which is in the past (5.3)', { date, expires: '0' }, undefined],
    ['max-age before Expires (5.2.2.1)', { date, expires: inAMinute, 'cache-control': 'max-age=7' }, 7],
    ['s-maxage before Expires (5.2.2.10)', { date, expires: anHourAgo, 'cache-control': 's-maxage=7' }, 7],
    ['directives in any letter case (5.2)', { 'cache-control': 'Max-Age=7' }, 7],
    ['a directive that nobody knows (5.2.3)', { 'cache-control': 'community="UCI", max-age=7' }, 7],
    [
      'must-revalidate, which is about stale answers (5.2.2.2)',
      { 'cache-control': 'must-revalidate, max-age=7' },
      7,
    ],
    ['public without a time', { 'cache-control': 'public' }, 60],
    ['private with field names (5.2.2.7)', { 'cache-control': 'private="x", max-age=7' }, undefined],
    ['a Vary of everything, which CloudFront does not read', { vary: '*', 'cache-control': 'max-age=7' }, 7],
    ['a cookie, which the cache policy leaves out', { 'set-cookie': 'a=b', 'cache-control': 'max-age=7' }, 7],
    ['Pragma, which is for requests (5.4)', { pragma: 'no-cache', 'cache-control': 'max-age=7' }, 7],
  ]
  for (const [what, headers, seconds] of cases) {
    test(`keeps ${what}: ${seconds ?? 0} s`, () =>
      assert.equal(lifetimeOf(200, headers)?.freshSeconds, seconds))
  }
})

suite('computeLifetime of an error', () => {
  const always = [404, 414, 500, 502, 503, 504]
  for (const status of always) {
    test(`keeps ${status} ten seconds by itself`, () => {
      assert.equal(lifetimeOf(status, '')?.freshSeconds, 10)
    })
    test(`keeps ${status} as long as max-age says where that is more`, () => {
      assert.equal(lifetimeOf(status, 'max-age=60')?.freshSeconds, 60)
      assert.equal(lifetimeOf(status, 'max-age=3')?.freshSeconds, 10)
    })
  }

  const sometimes = [400, 403, 405, 412, 415]
  for (const status of sometimes) {
    test(`keeps ${status} only where it has a max-age`, () => {
      assert.equal(lifetimeOf(status, ''), undefined)
      assert.equal(lifetimeOf(status, 'public'), undefined)
      assert.equal(lifetimeOf(status, 'max-age=3600', [0, 60, 86400])?.freshSeconds, 3600)
      assert.equal(lifetimeOf(status, 's-maxage=60')?.freshSeconds, 60)
    })
  }

  const never = [401, 402, 406, 409, 410, 413, 416, 422, 429]
  for (const status of never) {
    test(`never keeps ${status}`, () => {
      assert.equal(lifetimeOf(status, ''), undefined)
      assert.equal(lifetimeOf(status, 'max-age=3600'), undefined)
    })
  }

  const minimums: readonly (readonly [status: number, header: string, seconds: number | undefined])[] = [
    [404, '', 2],
    [404, 'max-age=1', 2],
    [404, 'max-age=60', 60],
    [500, 'no-store', 1],
    [503, '', 1],
    [504, '', 10],
    [415, '', undefined],
    [415, 'max-age=1', 30],
    [429, 'max-age=60', undefined],
  ]
  const errors = new Map([
    [404, 2],
    [415, 30],
    [429, 30],
    [500, 1],
    [503, 1],
  ])
  for (const [status, header, seconds] of minimums) {
    test(`keeps ${status} with "${header}" ${seconds ?? 0} s under the distribution’s error minimums`, () => {
      assert.equal(lifetimeOf(status, header, undefined, errors)?.freshSeconds, seconds)
    })
  }

  test('keeps no error beyond the maximum TTL', () => {
    assert.equal(lifetimeOf(404, 'max-age=5000')?.freshSeconds, 1000)
  })

  test('is never served stale', () => {
    const lifetime = lifetimeOf(404, 'max-age=60, stale-while-revalidate=60, stale-if-error=60')
    assert.deepEqual(lifetime, { freshSeconds: 60, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 0 })
  })
})
