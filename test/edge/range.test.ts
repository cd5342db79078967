import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { closeEdges, openEdge, type Reply, type RunningEdge } from './running-edge.ts'

const target = '/photo.jpg?width=400&format=jpeg'
let running: RunningEdge
let whole: Reply

before(async () => {
  running = await openEdge()
  whole = await running.ask(target)
})

after(closeEdges)

suite('the edge, asked for a range of what it has', () => {
  const cases: readonly (readonly [range: string, start: number, end: number])[] = [
    ['bytes=0-99', 0, 100],
    ['bytes=100-', 100, Number.POSITIVE_INFINITY],
    ['bytes=-50', -50, Number.POSITIVE_INFINITY],
    ['bytes=10-999999999', 10, Number.POSITIVE_INFINITY],
  ]
  for (const [range, start, end] of cases) {
    test(`answers 206 to ${range}`, async () => {
      const { status, headers, body } = await running.ask(target, { headers: { range } })
      const expected = whole.body.subarray(start, end)
      const first = start < 0 ? whole.body.length + start : start
      assert.equal(status, 206)
      assert.deepEqual(body, expected)
      assert.equal(headers['content-length'], String(expected.length))
      assert.equal(
        headers['content-range'],
        `bytes ${first}-${first + expected.length - 1}/${whole.body.length}`,
      )
    })
  }

  for (const range of ['bytes=5-1', 'bytes=-', 'bytes=a-b', 'lines=0-1', 'bytes=0-1,5-6']) {
    test(`answers 200 and everything to ${range}`, async () => {
      const { status, headers, body } = await running.ask(target, { headers: { range } })
      assert.deepEqual([status, headers['content-range'], body.equals(whole.body)], [200, undefined, true])
    })
  }

  for (const range of ['bytes=99999999-', 'bytes=-0']) {
    test(`answers 416 to ${range}`, async () => {
      const { status, headers, body } = await running.ask(target, { headers: { range } })
      assert.deepEqual([status, body.length], [416, 0])
      assert.equal(headers['content-range'], `bytes */${whole.body.length}`)
    })
  }

  test('answers 206 where If-Range names what it has, else everything', async () => {
    const range = 'bytes=0-9'
    const etag = String(whole.headers.etag)
    const same = await running.ask(target, { headers: { range, 'if-range': etag } })
    const other = await running.ask(target, { headers: { range, 'if-range': '"other"' } })
    assert.deepEqual([same.status, other.status], [206, 200])
  })

  test('answers 304 rather than a range where the viewer has it all', async () => {
    const headers = { range: 'bytes=0-9', 'if-none-match': String(whole.headers.etag) }
    assert.equal((await running.ask(target, { headers })).status, 304)
  })

  test('answers a miss whole', async () => {
    const reply = await running.ask('/photo.jpg?width=410', { headers: { range: 'bytes=0-9' } })
    assert.deepEqual([reply.status, reply.headers['x-cache']], [200, 'Miss from cloudfront'])
    assert(reply.body.length > 10)
  })

  test('leaves an error whole', async () => {
    await running.ask('/missing.jpg')
    const reply = await running.ask('/missing.jpg', { headers: { range: 'bytes=0-9' } })
    assert.deepEqual([reply.status, reply.headers['content-range']], [404, undefined])
  })
})
