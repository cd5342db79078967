import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, suite, test } from 'node:test'
import { planArrivals } from '../../../bench/load/arrivals.ts'
import { playClosedLoop, playOpenLoop } from '../../../bench/load/play.ts'
import { createRecorder } from '../../../bench/load/recorder.ts'
import { createSender } from '../../../bench/load/sender.ts'
import { readTarget } from '../../../bench/load/target.ts'
import type { WireRequest } from '../../../bench/load/wire-request.ts'

const servers: Server[] = []

after(() => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
})

/** Milliseconds that the server answers nobody, once. */
const stallMs = 1000

/** A server that answers at once, but for one stall, which begins with the request of this number. */
async function startStallingServer(stallsAt: number): Promise<string> {
  let [requests, stalledUntil] = [0, 0]
  const server = createServer((_request, response) => {
    if (++requests === stallsAt) stalledUntil = performance.now() + stallMs
    const answer = () => {
      response.writeHead(200, { 'x-cache': 'Hit from cloudfront' })
      response.end('x')
    }
    setTimeout(answer, Math.max(0, stalledUntil - performance.now()))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function* repeat(count: number): Generator<WireRequest> {
  for (let at = 0; at < count; at++) yield { target: `/${at}`, headers: {}, intent: 'picture' }
}

const connections = 4

/** Times over half the stall, counted as they come. */
async function play(loop: 'open' | 'closed'): Promise<{ slow: number; answered: number; p95Ms: number }> {
  const sender = createSender(await readTarget(await startStallingServer(50), false), connections)
  const recorder = createRecorder()
  let slow = 0
  const counting = {
    ...recorder,
    answer: (...given: Parameters<typeof recorder.answer>) => {
      if (given[3] - given[2] > stallMs / 2) slow++
      recorder.answer(...given)
    },
  }
  try {
    if (loop === 'open') {
      const arrivals = planArrivals({ requestsPerSecond: 200, seconds: 2, maxRequests: 400 })
      await playOpenLoop(arrivals, repeat(400), sender.send, counting)
    } else await playClosedLoop(connections, 60, repeat(400), sender.send, counting)
  } finally {
    sender.close()
  }
  const { hit } = recorder.read().classes
  return { slow, answered: hit?.count ?? 0, p95Ms: hit?.p95Ms ?? 0 }
}

suite('a server that stalls once', () => {
  test('is slow to all who came meanwhile, in an open loop', async () => {
    const { slow, answered, p95Ms } = await play('open')
    assert.equal(answered, 400)
    // 200 arrive in the second of the stall, and half of them wait for more than half of it; at least.
    assert.ok(slow >= 60, `${slow} of 400 waited`)
    assert.ok(p95Ms > stallMs / 2, `p95 ${p95Ms}`)
  })

  test('is slow to one request of each connection, in a closed loop: the omission that the other mode is for', async () => {
    const { slow, answered } = await play('closed')
    assert.equal(answered, 400)
    assert.ok(slow >= 1, 'nobody met the stall')
    // Each connection once; a busy machine may add a few.
    assert.ok(slow <= 30, `${slow} of 400 waited`)
  })
})

suite('playOpenLoop', () => {
  test('sends at the arrivals though nothing is answered', async () => {
    const recorder = createRecorder()
    const open: (() => void)[] = []
    const reply = { status: 200, xCache: '', ageSeconds: 0, bytes: 1 }
    const playing = playOpenLoop(
      planArrivals({ requestsPerSecond: 1000, seconds: 1, maxRequests: 50 }),
      repeat(50),
      () => new Promise((resolve) => open.push(() => resolve(reply))),
      recorder,
    )
    while (open.length < 50) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.equal(recorder.peek().offered, 50)
    for (const answer of open) answer()
    await playing
    const { classes, offered, lateness } = recorder.read()
    assert.deepEqual([classes.miss?.count, offered, lateness.count], [50, 50, 50])
  })

  test('ends with the requests where they are fewer than the arrivals', async () => {
    const recorder = createRecorder()
    const arrivals = planArrivals({ requestsPerSecond: 1000, seconds: 10, maxRequests: 10_000 })
    const reply = { status: 404, xCache: '', ageSeconds: 0, bytes: 1 }
    await playOpenLoop(arrivals, repeat(3), async () => reply, recorder)
    const { offered, unexpected } = recorder.read()
    assert.deepEqual([offered, unexpected], [3, { 'picture 404': 3 }])
  })
})
