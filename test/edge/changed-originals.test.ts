import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { makeFolder } from '../infra/stand-in.ts'
import { closeEdges, drawPicture, openEdge, type RunningEdge } from './running-edge.ts'

after(closeEdges)

/** Looks again and again, the clock running ahead of the seconds that changes are gathered; well within an answer's 30 days. */
async function waitUntil({ advance }: RunningEdge, reached: () => Promise<boolean>): Promise<void> {
  for (let look = 0; !(await reached()); look++) {
    if (look > 600) throw new Error('expected the change to reach the cache')
    advance(1)
    await setTimeout(100)
  }
}

suite('an edge that watches its originals', () => {
  test('serves what was overwritten, what was created, and no more what was deleted', async () => {
    const originals = makeFolder()
    const running = await openEdge({ originals, watchOriginals: true })
    const put = async (key: string, side: number) =>
      writeFileSync(join(originals, key), await drawPicture(side, side).jpeg().toBuffer())
    await put('a+b.jpg', 100)
    const targets = ['/a+b.jpg?width=160', '/a+b.jpg?width=320&format=png']
    const askAll = () => Promise.all(targets.map((target) => running.ask(target)))
    const etags = async () => (await askAll()).map(({ headers }) => headers.etag)
    const first = await etags()
    assert.ok(first.every((etag) => etag !== undefined))
    // That very file came as an event too, and its repetition.
    await waitUntil(running, async () => running.edge.stats.invalidated >= 4)
    await etags()
    for (const { headers } of await askAll()) assert.equal(headers['x-cache'], 'Hit from cloudfront')

    await put('a+b.jpg', 120)
    await waitUntil(running, async () => (await etags()).every((etag, index) => etag !== first[index]))

    rmSync(join(originals, 'a+b.jpg'))
    await waitUntil(running, async () => (await askAll()).every(({ status }) => status === 404))

    assert.equal((await running.ask('/new.jpg?width=160')).status, 404)
    await put('new.jpg', 100)
    await waitUntil(running, async () => (await running.ask('/new.jpg?width=160')).status === 200)
  })

  test('is told of nothing unless it is asked to watch', async () => {
    const originals = makeFolder()
    const running = await openEdge({ originals })
    writeFileSync(join(originals, 'x.jpg'), await drawPicture(80, 80).jpeg().toBuffer())
    running.advance(60)
    await running.ask('/x.jpg?width=160')
    assert.equal(running.edge.stats.invalidated, 0)
  })
})
