import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { measureTarget } from '../../../bench/load/measure-target.ts'
import { judgeLoad } from '../../../bench/load/report.ts'
import { readTarget } from '../../../bench/load/target.ts'
import { signingKey } from '../../../bench/trace/site.ts'
import { openKeyStore } from '../../../signer/keys/key-store.ts'
import { newKey } from '../../../signer/keys/signing-keys.ts'
import { closeEdges, openEdge } from '../../edge/running-edge.ts'

after(closeEdges)

const manner = { requestsPerSecond: 50, seconds: 2, maxRequests: 100 }

suite('measureTarget against a local edge', () => {
  test('plays the trace, and finds hits, refusals, missing keys, and as many runs as the edge counted', async () => {
    const { edge } = await openEdge()
    assert.ok(edge.keyValueStore)
    const store = openKeyStore(edge.keyValueStore)
    await newKey(store, signingKey)
    store.close()
    const target = await readTarget(edge.url, false)
    const play = () => measureTarget(target, { keys: ['photo.jpg'], signingKey }, manner, 1)
    const figures = await play()
    const { trace } = figures
    assert.ok(trace)
    assert.deepEqual([trace.offered, trace.served], [100, 100])
    assert.ok((trace.classes.miss?.count ?? 0) > 5, JSON.stringify(trace.classes))
    assert.ok((trace.classes.missing?.count ?? 0) >= 1)
    assert.equal(trace.invocations, edge.stats.transformerInvocations)
    assert.ok((trace.invocations ?? 0) > 5)
    // The deployment of the tests has no rule against hotlinks; all else is as owed, signed requests too.
    assert.deepEqual(
      Object.keys(trace.unexpected).filter((what) => what !== 'hotlink 200'),
      [],
    )
    assert.deepEqual(judgeLoad(figures, { minHitsPerSecond: 0, maxHitP99Ms: 0, minRatio: 0 }), [])
    assert.equal(
      trace.timeline.reduce((sum, { offered }) => sum + offered, 0),
      100,
    )
    // The same again finds every variant there.
    const again = (await play()).trace
    assert.equal(again?.classes.miss, undefined)
    assert.ok((again?.classes.hit?.count ?? 0) > 50)
    assert.equal(again?.hitRatio, 1)
  })

  test('stops at the most requests that it may send, in a closed loop too', async () => {
    const { edge } = await openEdge()
    const target = await readTarget(edge.url, false)
    const few = { ...manner, seconds: 60, maxRequests: 12, connections: 3 }
    const { trace, connections } = await measureTarget(target, { keys: ['photo.jpg'] }, few, 1)
    assert.deepEqual([trace?.offered, trace?.served, connections], [12, 12, 3])
    assert.equal(edge.stats.requests, 12)
  })

  test('counts what does not answer', async () => {
    const running = await openEdge()
    const target = await readTarget(running.edge.url, false)
    await running.close()
    const figures = await measureTarget(target, { keys: ['photo.jpg'] }, { ...manner, maxRequests: 5 }, 1)
    assert.deepEqual(figures.trace?.failures, { ECONNREFUSED: 5 })
    assert.equal(figures.trace?.served, 0)
    assert.equal(judgeLoad(figures, { minHitsPerSecond: 0, maxHitP99Ms: 0, minRatio: 0 }).length, 1)
  })
})
