import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { chooseOrigins, estimateLatency, findNearest } from '../../../bench/latency/model.ts'
import { judgeLatency } from '../../../bench/latency/report.ts'
import { cacheRegions, regions, roundTripMs, withinRegionMs } from '../../../bench/latency/round-trips.ts'

const world = { viewerToEdgeMs: 20, edgeMs: 1, originMs: 30, transformMs: 300 }

suite('roundTripMs', () => {
  test('is the same in both directions, and of this planet', () => {
    for (const from of regions) {
      for (const to of regions) {
        const ms = roundTripMs(from, to)
        assert.equal(ms, roundTripMs(to, from))
        assert.ok(from === to ? ms === withinRegionMs : ms > 20 && ms < 450, `${from} to ${to}: ${ms}`)
      }
    }
  })

  test('has what was published', () => {
    assert.equal(roundTripMs('us-east-1', 'eu-west-1'), 69.6)
    assert.equal(roundTripMs('ap-southeast-2', 'af-south-1'), 408.7)
    assert.equal(roundTripMs('sa-east-1', 'ap-south-1'), 301)
  })
})

suite('estimateLatency', () => {
  const find = (viewers: string, ...origins: Parameters<typeof estimateLatency>[1]) => {
    const row = estimateLatency(world, origins).find((each) => each.viewers === viewers)
    assert.ok(row)
    return row
  }

  test('adds one round trip for each tier', () => {
    const row = find('eu-west-1', 'us-east-1')
    assert.deepEqual(
      [row.hitMs, row.regionalHitMs, row.shieldHitMs, row.missMs].map((ms) => ms.toFixed(1)),
      ['21.0', '25.0', '94.6', '428.6'],
    )
  })

  test('has no way between a regional cache and a shield that are one', () => {
    const { regionalHitMs, shieldHitMs } = find('us-east-1', 'us-east-1')
    assert.equal(shieldHitMs, regionalHitMs)
  })

  test('sends viewers in Africa to a cache elsewhere', () => {
    const { cache, hitMs, regionalHitMs } = find('af-south-1', 'us-east-1')
    assert.equal(cache, 'eu-central-1')
    assert.ok(regionalHitMs - hitMs > 100)
  })

  test('takes the nearest of the origins', () => {
    assert.equal(find('ap-northeast-1', 'us-east-1', 'ap-southeast-1').origin, 'ap-southeast-1')
    assert.throws(() => findNearest('us-east-1', []), /expected a region/)
  })
})

suite('chooseOrigins', () => {
  const meanOf = (origins: Parameters<typeof estimateLatency>[1]) =>
    estimateLatency(world, origins).reduce((sum, { shieldHitMs }) => sum + shieldHitMs, 0)

  test('finds no better three with the same first', () => {
    const chosen = chooseOrigins(world, 'us-east-1', 3)
    assert.deepEqual([chosen[0], chosen.length], ['us-east-1', 3])
    for (const second of cacheRegions) {
      for (const third of cacheRegions)
        assert.ok(meanOf(chosen) <= meanOf(['us-east-1', second, third]) + 1e-9)
    }
  })

  test('refuses more than there are', () => {
    assert.throws(() => chooseOrigins(world, 'us-east-1', 99), /received 99/)
  })
})

suite('judgeLatency', () => {
  const one = { origins: ['us-east-1'] as const, rows: estimateLatency(world, ['us-east-1']) }
  const origins = chooseOrigins(world, 'us-east-1', 3)
  const three = { origins, rows: estimateLatency(world, origins) }

  test('lets pass what the model gives', () => assert.deepEqual(judgeLatency({ world, one, three }), []))

  test('names what cannot be', () => {
    assert.ok(judgeLatency({ world, one: three, three: one }).length > 0)
    const rows = one.rows.map((row) => ({ ...row, regionalHitMs: 0 }))
    assert.equal(judgeLatency({ world, one: { ...one, rows }, three }).length, one.rows.length)
  })
})
