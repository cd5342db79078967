import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import {
  chooseEncoding,
  compress,
  describePacked,
  normalizeAcceptEncoding,
} from '../../../edge/cloudfront/compression.ts'
import type { Encoding } from '../../../edge/template/deployment.ts'
import { behaviour } from './counting-origin.ts'

const compressing = { ...behaviour, compress: true }

suite('normalizeAcceptEncoding', () => {
  const cases: readonly (readonly [header: string, normalized: string])[] = [
    ['gzip, deflate, br, zstd', 'br,gzip'],
    ['br;q=0.5,gzip', 'br,gzip'],
    ['GZIP', 'gzip'],
    ['br', 'br'],
    ['gzip;q=0, br', 'br'],
    ['br;q=0.000', ''],
    ['identity', ''],
    ['*', ''],
    ['gzipped, brotli', ''],
    ['', ''],
  ]
  for (const [header, normalized] of cases) {
    test(`makes "${header}" "${normalized}"`, () =>
      assert.equal(normalizeAcceptEncoding(header, ['br', 'gzip']).join(','), normalized))
  }

  test('knows only what the cache policy enables', () => {
    assert.deepEqual(normalizeAcceptEncoding('gzip, br', ['gzip']), ['gzip'])
    assert.deepEqual(normalizeAcceptEncoding('gzip, br', []), [])
  })
})

/** Whether an answer of `bytes` is packed. */
function isPacked(
  bytes: number,
  headers: Record<string, string> = {},
  status = 200,
  accepted: readonly Encoding[] = ['br', 'gzip'],
  within = compressing,
): Encoding | undefined {
  const given = { 'content-type': 'image/svg+xml', 'content-length': String(bytes), ...headers }
  return chooseEncoding(
    { status, headers: given, body: Buffer.alloc(bytes), failed: false },
    within,
    accepted,
  )
}

suite('chooseEncoding', () => {
  test('packs from 1,000 to 10,000,000 bytes', () => {
    const sizes = [999, 1000, 10_000_000, 10_000_001]
    assert.deepEqual(
      sizes.map((bytes) => isPacked(bytes)),
      [undefined, 'br', 'br', undefined],
    )
  })

  test('packs text and vector graphics, and no pixels', () => {
    const types = [
      'image/svg+xml',
      'image/svg+xml; charset=utf-8',
      'application/json',
      'text/plain; charset=utf-8',
    ]
    for (const type of types) assert.equal(isPacked(2000, { 'content-type': type }), 'br', type)
    for (const type of ['image/png', 'image/jpeg', 'image/avif', 'application/problem+json', '']) {
      assert.equal(isPacked(2000, { 'content-type': type }), undefined, type)
    }
  })

  test('packs what the viewer unpacks, where the behaviour says so', () => {
    assert.equal(isPacked(2000, {}, 200, ['gzip']), 'gzip')
    assert.equal(isPacked(2000, {}, 200, []), undefined)
    assert.equal(isPacked(2000, {}, 200, ['br'], behaviour), undefined)
  })

  test('leaves what is packed already, has no length, or another status', () => {
    assert.equal(isPacked(2000, { 'content-encoding': 'gzip' }), undefined)
    const { status, body } = { status: 200, body: Buffer.alloc(2000) }
    const headers = { 'content-type': 'image/svg+xml' }
    assert.equal(chooseEncoding({ status, headers, body, failed: false }, compressing, ['br']), undefined)
    assert.deepEqual(
      [200, 403, 404, 400, 415, 503].map((each) => isPacked(2000, {}, each)),
      ['br', 'br', 'br', undefined, undefined, undefined],
    )
  })
})

suite('an answer that is packed', () => {
  test('is the same unpacked, and smaller', async () => {
    const body = Buffer.from('<path d="M0 0L1 1"/>'.repeat(500))
    const [brotli, gzipped] = [await compress(body, 'br'), await compress(body, 'gzip')]
    assert.ok(brotli.length < body.length / 5 && gzipped.length < body.length / 5)
    assert.deepEqual([brotliDecompressSync(brotli), gunzipSync(gzipped)], [body, body])
  })

  test('says how, varies by it, and has a weak ETag', () => {
    assert.deepEqual(describePacked({ etag: '"a"', vary: 'Accept', x: 'y' }, 'br'), {
      etag: 'W/"a"',
      vary: 'Accept, Accept-Encoding',
      x: 'y',
      'content-encoding': 'br',
    })
    assert.deepEqual(describePacked({ etag: 'W/"a"' }, 'gzip'), {
      etag: 'W/"a"',
      vary: 'Accept-Encoding',
      'content-encoding': 'gzip',
    })
  })
})
