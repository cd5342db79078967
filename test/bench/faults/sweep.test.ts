import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { createGenerations } from '../../../bench/faults/generations.ts'
import { createClient } from '../../../bench/faults/send.ts'
import { sweepCache } from '../../../bench/faults/sweep.ts'
import { startTruth } from '../../../bench/faults/truth.ts'
import { closeEdges, drawPicture, openEdge } from '../../edge/running-edge.ts'

const client = createClient()
const truth = await startTruth(client)

after(async () => {
  client.close()
  await closeEdges()
  await truth.close()
})

const target = (url: string) => ({
  url,
  headers: { accept: 'image/webp' },
  key: url.slice(1).split('?')[0] ?? '',
})

suite('the sweep of the cache', () => {
  test('finds what is in the cache and should not be, and only that', async () => {
    const running = await openEdge()
    const [right, old, missing] = ['right', 'old', 'late'].map((name) => target(`/${name}.jpg?width=160`))
    assert.ok(right && old && missing)
    const draw = (side: number) => drawPicture(side, 120).jpeg().toBuffer()
    const options = { url: running.edge.url, client, truth, generations: createGenerations() }
    for (const { key } of [right, old]) running.put(key, await draw(200))
    for (const each of [right, old, missing]) await client.send(running.edge.url, each, 'warm')
    await truth.put(right.key, await draw(200))
    // Changed without an event, and so poisoned: the cache has the old ones.
    for (const { key } of [old, missing]) {
      running.put(key, await draw(210))
      await truth.put(key, await draw(210))
    }
    const { compared, cached, differ } = await sweepCache([right, old, missing, right], options)
    assert.deepEqual([compared, cached], [3, 3])
    assert.deepEqual(differ.sort(), [
      '/late.jpg?width=160: 404, Error from cloudfront, expected 200',
      '/old.jpg?width=160: 200, Hit from cloudfront, other bytes',
    ])
    running.edge.clearCache()
    assert.deepEqual((await sweepCache([right, old, missing], options)).differ, [])
  })
})
