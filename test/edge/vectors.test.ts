import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { drawScript } from '../images/hostile-svg.ts'
import { closeEdges, openEdge, type Reply, type RunningEdge } from './running-edge.ts'

let running: RunningEdge

/** About 6 kB of a drawing. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40">${Array.from(
  { length: 120 },
  (_, at) => `<circle cx="${at % 80}" cy="${at % 40}" r="3" fill="#0a0"/>`,
).join('')}</svg>`

before(async () => {
  running = await openEdge()
  running.put('logo.svg', drawing)
  running.put('logo', drawing)
  running.put('small.svg', drawScript())
})
after(closeEdges)

/** Of a browser that unpacks both, or of one that says what `accept` does. */
function ask(
  target: string,
  accept = 'gzip, deflate, br',
  more: Record<string, string> = {},
): Promise<Reply> {
  return running.ask(target, {
    headers: { accept: 'image/avif,image/webp,*/*', 'accept-encoding': accept, ...more },
  })
}

suite('a vector graphic', () => {
  test('is passed on packed, as each viewer unpacks it, and kept so', async () => {
    const unpack: Readonly<Record<string, (body: Buffer) => Buffer>> = {
      br: brotliDecompressSync,
      gzip: gunzipSync,
    }
    for (const [accept, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['br;q=1.0', 'br'],
      ['gzip', 'gzip'],
    ] as const) {
      for (const cache of ['Miss', 'Hit']) {
        const { status, headers, body } = await ask('/logo.svg', accept)
        assert.equal(`${status} ${headers['content-type']}`, '200 image/svg+xml')
        assert.equal(headers['x-cache'], `${cache} from cloudfront`)
        assert.equal(headers['content-encoding'], encoding)
        assert.equal(headers['content-length'], String(body.length))
        assert.match(String(headers.vary), /, Accept-Encoding$/)
        assert.match(headers.etag ?? '', /^W\//)
        assert.ok(body.length < drawing.length / 4)
        assert.equal(unpack[encoding]?.(body).toString(), drawing)
      }
    }
  })

  test('is passed on as it is to who unpacks nothing, or where its name ends otherwise', async () => {
    for (const [target, accept] of [
      ['/logo.svg', 'identity'],
      ['/logo', 'br'],
      ['/?key=logo.svg', 'br'],
    ] as const) {
      const { headers, body } = await ask(target, accept)
      assert.equal(headers['content-type'], 'image/svg+xml')
      assert.equal(headers['content-encoding'], undefined)
      assert.match(headers.etag ?? '', /^"/)
      assert.equal(body.toString(), drawing)
    }
  })

  test('is harmless, in a sandbox and too small to be packed', async () => {
    const { headers, body } = await ask('/small.svg')
    assert.doesNotMatch(body.toString(), /script|alert/)
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; .*sandbox$/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['content-encoding'], undefined)
  })

  test('stays packed when CloudFront has asked whether it is still right', async () => {
    const { headers, body } = await ask('/logo.svg?width=40')
    running.advance(40 * 86_400)
    const again = await ask('/logo.svg?width=40')
    assert.match(String(again.headers['x-cache']), /^(?:RefreshHit|Hit) from cloudfront$/)
    assert.deepEqual(again.body, body)
    for (const name of ['content-encoding', 'vary', 'etag'])
      assert.equal(again.headers[name], headers[name], name)
  })

  test('is answered 304 to who has it', async () => {
    const { headers } = await ask('/logo.svg')
    assert.equal((await ask('/logo.svg', 'gzip, br', { 'if-none-match': String(headers.etag) })).status, 304)
  })

  test('is pixels where these are asked for, which are not packed', async () => {
    const { headers } = await ask('/logo.svg?format=png')
    assert.equal(headers['content-type'], 'image/png')
    assert.equal(headers['content-encoding'], undefined)
  })
})
