import assert from 'node:assert/strict'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, suite, test } from 'node:test'
import { makeFolder } from '../infra/stand-in.ts'
import { synthesizeSettings } from './assembly.ts'
import {
  accepts,
  closeEdges,
  drawPicture,
  openEdge,
  type Reply,
  type RunningEdge,
  readProblem,
} from './running-edge.ts'

const forDays = 'public, max-age=86400, s-maxage=2592000, stale-while-revalidate=86400, stale-if-error=604800'
const forMinutes = 'public, max-age=300, s-maxage=300'

let assembly: string
let running: RunningEdge
/** Originals and copies: what is written to one is in the other when `replicate` says so. */
const originals = makeFolder()
const copies = makeFolder()

before(async () => {
  assembly = synthesizeSettings(new URL('second-region.config.ts', import.meta.url))
  running = await openEdge({ assembly, originals, replica: copies })
  put('photo.jpg', await drawPicture(600, 400).jpeg().toBuffer())
})

after(async () => {
  await closeEdges()
  rmSync(assembly, { recursive: true, force: true })
})

beforeEach(async () => {
  for (const region of running.edge.regions) await region.start()
  running.edge.clearCache()
})

const ask = (target: string): Promise<Reply> => running.ask(target, { headers: { accept: accepts.webp } })

const put = (key: string, bytes: Buffer | string) => writeFileSync(join(originals, key), bytes)

const replicate = () => cpSync(originals, copies, { recursive: true })

async function stopFirst(): Promise<void> {
  await running.edge.regions[0]?.stop()
}

async function startFirst(): Promise<void> {
  await running.edge.regions[0]?.start()
}

/** What one request changed of the counts. */
async function counting(work: () => Promise<unknown>) {
  const { failovers, misses, errors } = running.edge.stats
  await work()
  const { stats } = running.edge
  return {
    failovers: stats.failovers - failovers,
    misses: stats.misses - misses,
    errors: stats.errors - errors,
  }
}

suite('an edge with a second region', () => {
  test('plays both, from two stacks', () => {
    assert.deepEqual(
      running.edge.regions.map(({ stack }) => stack),
      ['Fovea', 'FoveaSecondRegion'],
    )
  })

  test('asks the first alone while that answers', async () => {
    replicate()
    let reply: Reply | undefined
    const counts = await counting(async () => {
      reply = await ask('/photo.jpg?w=101')
    })
    assert.deepEqual([reply?.status, reply?.headers['cache-control']], [200, forDays])
    assert.deepEqual(counts, { failovers: 0, misses: 1, errors: 0 })
  })

  test('answers the same picture from the second where the first is down, and for minutes only', async () => {
    replicate()
    const healthy = await ask('/photo.jpg?w=102')
    running.edge.clearCache()
    await stopFirst()
    let reply: Reply | undefined
    const counts = await counting(async () => {
      reply = await ask('/photo.jpg?w=102')
    })
    assert.equal(reply?.status, 200)
    assert.ok(reply?.body.equals(healthy.body))
    assert.equal(reply?.headers['cache-control'], forMinutes)
    assert.deepEqual(counts, { failovers: 1, misses: 1, errors: 0 })
  })

  test('goes back to the first as soon as that is back', async () => {
    replicate()
    await stopFirst()
    assert.equal((await ask('/photo.jpg?w=103')).headers['cache-control'], forMinutes)
    await startFirst()
    const counts = await counting(async () => {
      assert.equal((await ask('/photo.jpg?w=104')).headers['cache-control'], forDays)
    })
    assert.equal(counts.failovers, 0)
  })

  test('serves what it has while both are down, and 502 for what it has not', async () => {
    await ask('/photo.jpg?w=105')
    for (const region of running.edge.regions) await region.stop()
    assert.equal((await ask('/photo.jpg?w=105')).status, 200)
    assert.equal((await ask('/photo.jpg?w=106')).status, 502)
  })

  for (const [status, key, code] of [
    [415, 'broken.jpg', 'not-an-image'],
    [404, 'copy-only.jpg', 'missing'],
    [403, 'archived.jpg', 'archived'],
  ] as const) {
    test(`takes ${status} of the first for an answer, whatever the second has`, async () => {
      const picture = await drawPicture(40, 40).jpeg().toBuffer()
      put('broken.jpg', 'no image')
      put('archived.jpg', picture)
      writeFileSync(join(originals, '.archived.jpg.s3.json'), '{"storageClass": "GLACIER"}')
      for (const each of ['broken.jpg', 'copy-only.jpg', 'archived.jpg']) {
        writeFileSync(join(copies, each), picture)
      }
      let reply: Reply | undefined
      const counts = await counting(async () => {
        reply = await ask(`/${key}?w=20`)
      })
      assert.ok(reply)
      assert.deepEqual([reply.status, readProblem(reply).code], [status, code])
      assert.equal(counts.failovers, 0)
      // It is there, for who asks the second.
      running.edge.clearCache()
      await stopFirst()
      assert.equal((await ask(`/${key}?w=20`)).status, 200)
    })
  }
})

suite('copies that lag behind', () => {
  test('are not shown for long: an original overwritten in an outage is right again within the cap', async () => {
    const [old, overwritten] = await Promise.all(
      [200, 240].map((side) => drawPicture(side, 100).jpeg().toBuffer()),
    )
    put('changed.jpg', old ?? '')
    replicate()
    const target = '/changed.jpg?w=50'
    const before = await ask(target)
    assert.equal(before.headers['cache-control'], forDays)
    // The copy stays the old one, while the invalidation comes and goes.
    put('changed.jpg', overwritten ?? '')
    running.edge.invalidate([`#${before.headers['x-fovea-tags']}`])
    await stopFirst()
    const during = await ask(target)
    assert.ok(during.body.equals(before.body))
    assert.equal(during.headers['cache-control'], forMinutes)
    await startFirst()
    running.advance(299)
    assert.equal((await ask(target)).headers['x-cache'], 'Hit from cloudfront')
    running.advance(2)
    const right = await ask(target)
    assert.deepEqual([right.status, right.headers['cache-control']], [200, forDays])
    assert.ok(!right.body.equals(before.body))
    assert.notEqual(right.headers.etag, before.headers.etag)
  })

  test('have what is not there yet missing for a minute', async () => {
    await stopFirst()
    put('new.jpg', await drawPicture(80, 80).jpeg().toBuffer())
    const missing = await ask('/new.jpg?w=40')
    assert.deepEqual([missing.status, missing.headers['cache-control']], [404, 'public, max-age=60'])
    await startFirst()
    running.advance(61)
    assert.equal((await ask('/new.jpg?w=40')).status, 200)
  })

  test('give way to what the first makes of the original, when they are over', async () => {
    replicate()
    await stopFirst()
    const during = await ask('/photo.jpg?w=107')
    assert.equal(during.headers['cache-control'], forMinutes)
    await startFirst()
    running.advance(301)
    const after = await ask('/photo.jpg?w=107')
    assert.equal(after.headers['cache-control'], forDays)
    assert.ok(after.body.equals(during.body))
  })
})

suite('a first region that is killed under load', () => {
  const keys = ['one.jpg', 'two.jpg', 'three.jpg', 'four.jpg', 'five.jpg', 'six.jpg']
  const widths = Array.from({ length: 30 }, (_, at) => 40 + 2 * at)
  const targets = keys.flatMap((key) => widths.map((width) => `/${key}?w=${width}&f=webp`))
  const viewers = 16

  test('costs no viewer more than was in flight, and puts no wrong byte into the cache', async (context) => {
    for (const [at, key] of keys.entries()) {
      put(
        key,
        await drawPicture(160 + 10 * at, 120)
          .jpeg()
          .toBuffer(),
      )
    }
    replicate()
    const healthy = new Map<string, Buffer>()
    for (const target of targets) healthy.set(target, (await ask(target)).body)
    running.edge.clearCache()
    const counts = { answered: 0, inFlight: 0, failed: 0, wrong: 0, fromSecond: 0 }
    let inFlightAtKill = 0
    let killed: Promise<void> | undefined
    let revived: Promise<void> | undefined
    const waiting = [...targets]

    async function view(): Promise<void> {
      for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
        counts.inFlight++
        const reply = await ask(target)
        counts.inFlight--
        counts.answered++
        if (reply.status !== 200) counts.failed++
        else if (!healthy.get(target)?.equals(reply.body)) counts.wrong++
        if (reply.headers['cache-control'] === forMinutes) counts.fromSecond++
        if (!killed && counts.answered >= targets.length / 3) {
          inFlightAtKill = counts.inFlight
          killed = stopFirst()
        }
        if (!revived && counts.answered >= (2 * targets.length) / 3) revived = startFirst()
      }
    }

    const changed = await counting(async () => {
      await Promise.all(Array.from({ length: viewers }, view))
      await Promise.all([killed, revived])
    })
    context.diagnostic(
      `${targets.length} requests, ${counts.fromSecond} from the second region; ${inFlightAtKill} in flight when the first was killed, ${counts.failed} failed, ${counts.wrong} wrong`,
    )
    assert.equal(counts.answered, targets.length)
    // It was killed while viewers waited, and many asked while it was down.
    assert.ok(inFlightAtKill > 0 && inFlightAtKill < viewers, `${inFlightAtKill} in flight`)
    assert.ok(counts.fromSecond >= targets.length / 6, `${counts.fromSecond} from the second region`)
    assert.equal(changed.failovers, counts.fromSecond)
    assert.ok(counts.failed <= inFlightAtKill, `${counts.failed} failed, ${inFlightAtKill} in flight`)
    assert.equal(counts.wrong, 0)

    // What is in the cache now: right, and what came from the second region not for long.
    const cached = new Map<string, Reply>()
    for (const target of targets) cached.set(target, await ask(target))
    const short = [...cached.values()].filter(({ headers }) => headers['cache-control'] === forMinutes)
    assert.equal(short.length, counts.fromSecond)
    for (const [target, { status, headers, body }] of cached) {
      assert.deepEqual([status, headers['x-cache']], [200, 'Hit from cloudfront'], target)
      assert.ok(healthy.get(target)?.equals(body), target)
    }
    running.advance(301)
    for (const target of targets) {
      const { status, headers, body } = await ask(target)
      assert.deepEqual([status, headers['cache-control']], [200, forDays], target)
      assert.ok(healthy.get(target)?.equals(body), target)
    }
  })
})
