import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { closeEdges, drawPicture, openEdge, type RunningEdge } from './running-edge.ts'

after(closeEdges)

const daySeconds = 24 * 3600
const target = '/photo.jpg?width=100&format=jpeg'

/** Asks until the answer is one that the origin has just given, for a second at most. */
async function askUntilFresh(running: RunningEdge) {
  for (let attempt = 0; attempt < 50; attempt++) {
    const reply = await running.ask(target)
    if (Number(reply.headers.age ?? 0) < 60 && reply.status === 200) return reply
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return undefined
}

suite('the edge, as time passes,', () => {
  test('keeps a missing original missing for a minute, then looks again', async () => {
    const running = await openEdge()
    const missing = await running.ask('/late.jpg?width=100')
    assert.deepEqual([missing.status, missing.headers['x-fovea-error']], [404, 'missing'])
    running.put('late.jpg', await drawPicture(200, 100).jpeg().toBuffer())
    running.advance(55)
    assert.equal((await running.ask('/late.jpg?width=100')).status, 404)
    assert.equal(running.edge.stats.transformerInvocations, 1)
    running.advance(6)
    assert.equal((await running.ask('/late.jpg?width=100')).status, 200)
  })

  test('keeps a variant 30 days', async () => {
    const running = await openEdge()
    const first = await running.ask(target)
    running.advance(30 * daySeconds - 60)
    const kept = await running.ask(target)
    assert.deepEqual([kept.headers['x-cache'], kept.body.equals(first.body)], ['Hit from cloudfront', true])
    assert.equal(running.edge.stats.transformerInvocations, 1)
  })

  test('serves it a day longer while it makes it anew', async () => {
    const running = await openEdge()
    await running.ask(target)
    running.advance(30 * daySeconds + 60)
    const stale = await running.ask(target)
    assert.deepEqual([stale.status, Number(stale.headers.age) > 30 * daySeconds], [200, true])
    assert(await askUntilFresh(running), 'expected a new answer behind the stale one')
    assert.equal(running.edge.stats.transformerInvocations, 2)
  })

  test('asks after that whether it still holds, and serves it as a refreshed hit', async () => {
    const running = await openEdge()
    const first = await running.ask(target)
    running.advance(32 * daySeconds)
    const refreshed = await running.ask(target)
    assert.deepEqual([refreshed.status, refreshed.headers['x-cache']], [200, 'RefreshHit from cloudfront'])
    assert.deepEqual(refreshed.body, first.body)
    assert.equal((await running.ask(target)).headers['x-cache'], 'Hit from cloudfront')
  })

  test('makes it anew where the original is another by then', async () => {
    const running = await openEdge()
    const first = await running.ask(target)
    running.put('photo.jpg', await drawPicture(300, 300).jpeg().toBuffer())
    running.advance(32 * daySeconds)
    const anew = await running.ask(target)
    assert.deepEqual([anew.status, anew.headers['x-cache']], [200, 'Miss from cloudfront'])
    assert.notDeepEqual(anew.body, first.body)
  })
})
