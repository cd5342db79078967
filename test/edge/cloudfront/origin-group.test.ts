import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, suite, test } from 'node:test'
import { createOriginClient, type OriginAnswer } from '../../../edge/cloudfront/origin-client.ts'
import type { Origin } from '../../../edge/template/deployment.ts'

const credentials = { accessKeyId: 'OAC', secretAccessKey: 'secret' }
const single = {
  connectionAttempts: 1,
  connectionTimeoutSeconds: 0.2,
  readTimeoutSeconds: 0.2,
  signed: true,
}
const request = { method: 'GET', url: '/a?rev=1', headers: { 'if-none-match': '"1"' } }
const servers: Server[] = []
const children: ChildProcess[] = []
const sockets: Socket[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return (server.address() as AddressInfo).port
}

/** What a group answers whose first origin is on a port or does what a listener does, and how often each was asked. */
async function askGroup(
  first: RequestListener | number,
  {
    method = 'GET',
    statuses = [429, 500, 502, 503, 504],
    second = answering(200, 'second'),
    readTimeoutSeconds = 0.2,
  } = {},
): Promise<{ answer: OriginAnswer; seen: string[]; failovers: number }> {
  const seen: string[] = []
  const noted =
    (name: string, listener: RequestListener): RequestListener =>
    (incoming, response) => {
      seen.push(`${name} ${incoming.method} ${incoming.url} ${incoming.headers['if-none-match']}`)
      listener(incoming, response)
    }
  const ports = new Map([
    ['f', typeof first === 'number' ? first : await listen(noted('first', first))],
    ['g', await listen(noted('second', second))],
  ])
  let failovers = 0
  const fetchOrigin = createOriginClient(ports, credentials, 'us-east-1', Date.now, () => failovers++)
  const origin: Origin = {
    ...single,
    readTimeoutSeconds,
    functionId: 'f',
    failover: { origin: { ...single, functionId: 'g' }, statuses },
  }
  const answer = await fetchOrigin(origin, { ...request, method })
  return { answer, seen, failovers }
}

function answering(status: number, body: string): RequestListener {
  return (_incoming, response) => response.writeHead(status).end(body)
}

const ofSecond = 'second GET /a?rev=1 "1"'
const ofFirst = 'first GET /a?rev=1 "1"'

suite('an origin group', () => {
  for (const status of [429, 500, 502, 503, 504]) {
    test(`sends its second origin the same request where the first answers ${status}`, async () => {
      const { answer, seen, failovers } = await askGroup(answering(status, 'first'))
      assert.deepEqual([answer.status, answer.body.toString()], [200, 'second'])
      assert.deepEqual([seen, failovers], [[ofFirst, ofSecond], 1])
    })
  }

  for (const status of [200, 304, 400, 403, 404, 415]) {
    test(`takes ${status} for an answer`, async () => {
      const { answer, seen, failovers } = await askGroup(answering(status, ''))
      assert.deepEqual([answer.status, seen, failovers], [status, [ofFirst], 0])
    })
  }

  test('goes by the statuses that it has', async () => {
    const { answer } = await askGroup(answering(500, 'first'), { statuses: [503] })
    assert.equal(answer.status, 500)
  })

  test('asks its second origin where the first is not there, if 503 is one of its statuses', async () => {
    const port = await listen(() => {})
    for (const server of servers.splice(0)) server.close()
    const { answer, failovers } = await askGroup(port)
    assert.deepEqual([answer.body.toString(), failovers], ['second', 1])
    const other = await askGroup(port, { statuses: [500, 502, 504] })
    assert.deepEqual([other.answer.status, other.failovers], [502, 0])
  })

  test('asks its second origin where the first breaks off', async () => {
    const { answer } = await askGroup((_incoming, response) => {
      response.writeHead(200, { 'content-length': 10 })
      response.write('half', () => response.destroy())
    })
    assert.equal(answer.body.toString(), 'second')
  })

  test('asks its second origin where the first says nothing, if 504 is one of its statuses', async () => {
    const { answer } = await askGroup(() => {})
    assert.equal(answer.body.toString(), 'second')
    const other = await askGroup(() => {}, { statuses: [500, 502, 503] })
    assert.deepEqual([other.answer.status, other.failovers], [504, 0])
  })

  test('asks its second origin by HEAD, and not by POST', async () => {
    assert.equal((await askGroup(answering(503, ''), { method: 'HEAD' })).answer.status, 200)
    assert.equal((await askGroup(answering(503, ''), { method: 'POST' })).answer.status, 503)
  })

  test('answers what its second origin answers, an error too, and asks the first one again next time', async () => {
    const { answer, seen } = await askGroup(answering(503, 'first'), { second: answering(500, 'second') })
    assert.deepEqual([answer.status, answer.body.toString(), seen], [500, 'second', [ofFirst, ofSecond]])
  })

  test('gives up on a connection that nobody takes', { skip: process.platform !== 'linux' }, async () => {
    const port = await openFull()
    // Whose time to answer would be long, and is not what has run out.
    const { answer, failovers } = await askGroup(port, { readTimeoutSeconds: 60, statuses: [503] })
    assert.deepEqual([answer.body.toString(), failovers], ['second', 1])
  })
})

/** A port whose queue of connections is full and which takes none: a process that is stopped. */
async function openFull(): Promise<number> {
  const script =
    "require('node:net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},function(){console.log(this.address().port)})"
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const port = await new Promise<number>((resolve) =>
    child.stdout.once('data', (line) => resolve(Number(line))),
  )
  child.kill('SIGSTOP')
  // Linux takes one more than the backlog says, and leaves all others waiting.
  for (let count = 0; count < 8; count++) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    sockets.push(socket)
  }
  await new Promise((resolve) => setTimeout(resolve, 200))
  return port
}
