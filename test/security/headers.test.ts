import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { assertRefused } from './expect.ts'
import { createRandom } from './random.ts'
import { type Edge, type Headers, loadEdge, secrets } from './run-edge.ts'
import { signUrl } from './sign.ts'

const requests = 3000

let edge: Edge

before(async () => {
  edge = await loadEdge()
})

const avif = { accept: 'image/avif,image/webp' }
const url = '/a.jpg?width=800'
const written = '/a.jpg?rev=1&width=800&format=auto.avif'

/** Headers that mean something to other software, or to ours on the way back. */
const meaningless: Readonly<Record<string, string>> = {
  'x-fovea-key': '/vault/a.jpg?rev=1&format=auto',
  'x-fovea-variant': 'jpeg 1x1',
  'x-fovea-error': 'none',
  'x-fovea-tags': 'all',
  'x-forwarded-for': '127.0.0.1',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  'x-forwarded-prefix': '/vault',
  'x-original-url': '/vault/a.jpg',
  'x-rewrite-url': '/vault/a.jpg',
  'x-http-method-override': 'PUT',
  'x-amz-cf-id': 'x',
  'x-amz-security-token': 'x',
  'x-amzn-trace-id': 'Root=1-0-0',
  'x-cache': 'Hit',
  'cloudfront-viewer-country': 'XX',
  'cloudfront-signature': 'x',
  authorization: 'AWS4-HMAC-SHA256 Credential=x',
  cookie: 'CloudFront-Policy=x; CloudFront-Signature=y; CloudFront-Key-Pair-Id=z; sig=x',
  'if-none-match': '*',
  'if-modified-since': 'Sat, 01 Jan 2028 00:00:00 GMT',
  range: 'bytes=0-0,-1',
  'accept-encoding': 'br',
  'cache-control': 'no-cache',
  pragma: 'no-cache',
  forwarded: 'for=127.0.0.1;host=evil.example',
  'content-length': '5',
  'transfer-encoding': 'chunked',
  width: '801',
  key: 'vault/a.jpg',
  sig: 'A'.repeat(43),
  constructor: 'x',
  __proto__x: 'x',
}

suite('a header that is not read', () => {
  for (const [name, value] of Object.entries(meaningless)) {
    test(`changes nothing: ${name}`, async () => {
      const answer = await edge.ask(url, { ...avif, [name]: value })
      assert.equal(answer.url, written)
      const refused = await edge.ask('/vault/a.jpg', { ...avif, [name]: value })
      assert.equal(refused.raw, (await edge.ask('/vault/a.jpg', avif)).raw)
    })
  }

  test('goes on as it came, and none is added', async () => {
    const sent: Headers = { ...meaningless, ...avif, referer: ['https://a.example/', 'https://b.example/'] }
    const { headers } = JSON.parse((await edge.ask(url, sent)).raw)
    assert.deepEqual(Object.keys(headers).sort(), Object.keys(sent).sort())
    for (const [name, value] of Object.entries({ ...meaningless, ...avif }))
      assert.deepEqual(headers[name], { value })
  })
})

suite('a header that came several times', () => {
  const classes = ['auto', 'auto.webp', 'auto.avif'].map(
    (format) => `/a.jpg?rev=1&width=800&format=${format}`,
  )
  const values: readonly (readonly string[])[] = [
    ['image/avif', 'text/html'],
    ['text/html', 'image/avif'],
    ['image/webp', 'image/avif'],
    ['', 'image/avif'],
    ['image/avif;q=0', 'image/avif'],
    Array.from({ length: 500 }, () => 'image/webp'),
  ]
  for (const accept of values) {
    test(`of Accept the first counts: ${accept.slice(0, 3).join(' | ')}`, async () => {
      const several = await edge.ask(url, { accept })
      const first = await edge.ask(url, { accept: accept[0] as string })
      assert.equal(several.url, first.url)
      assert.ok(classes.includes(several.url ?? ''))
    })
  }

  test('of the explain token the first counts', async () => {
    const [right, wrong] = [secrets.explain, 'x'.repeat(43)]
    assert.equal((await edge.ask(url, { ...avif, 'x-fovea-explain': [wrong, right] })).url, written)
    const explained = await edge.ask(url, { ...avif, 'x-fovea-explain': [right, wrong] })
    assert.equal(explained.status, 200)
    assert.equal(explained.headers['cache-control'], 'no-store')
  })
})

const read = [
  ...[
    'accept',
    'referer',
    'origin',
    'host',
    'sec-fetch-site',
    'save-data',
    'ect',
    'x-fovea-explain',
    'sec-ch-dpr',
  ],
  ...['sec-ch-width', 'sec-ch-viewport-width', 'cloudfront-is-mobile-viewer', 'cloudfront-is-tablet-viewer'],
]
const odd = [
  ...[
    '\0',
    '\0\0',
    'é',
    '日本',
    '🦊',
    '\ud800',
    '\u2028',
    '\r\nx: y',
    '\t',
    ' ',
    '',
    '%00',
    '%',
    '"',
    ',',
    ';',
    '\\',
  ],
  ...[
    'Infinity',
    '-Infinity',
    'NaN',
    '1e400',
    '-1',
    '0',
    '0x10',
    '1e3',
    '9'.repeat(400),
    '3.0000000001',
    '.',
    '__proto__',
  ],
  ...[
    'image/avif;q=1e999',
    'image/avif;q=-1',
    'image/avif;q=0x1',
    'image/\0avif',
    'ımage/avif',
    'image/avıf',
    'on\0',
    'ON',
  ],
  ...[
    'https://[',
    'https://%',
    'https://\ud800/',
    ',;'.repeat(9000),
    'q=1;'.repeat(5000),
    'a/'.repeat(10_000),
  ],
  ...[
    'image/avif,'.repeat(2000),
    ' '.repeat(20_000),
    '@'.repeat(20_000),
    ':'.repeat(20_000),
    '.'.repeat(20_000),
  ],
]

suite('an odd header', () => {
  test(`never breaks an answer nor finds a way round, over ${requests} requests`, async (context) => {
    const strict = await loadEdge({
      hotlinks: { pages: formatPagePattern(['*.shop.example']), strict: true },
    })
    const random = createRandom(11)
    let passed = 0
    let hotlinked = 0
    for (let turn = 0; turn < requests; turn++) {
      const headers: Record<string, string | string[]> = {}
      for (let more = random.below(4); more >= 0; more--) {
        const name = random.pick(read)
        headers[name] = random.oneIn(4) ? [random.pick(odd), random.pick(odd)] : random.pick(odd)
      }
      const width = random.pick(['auto', '800', '800&dpr=auto'])
      const answer = await strict.ask(`/a.jpg?width=${width}`, headers)
      if (answer.url === undefined) {
        hotlinked++
        assertRefused(answer, JSON.stringify(headers), ['hotlink'], [])
      } else {
        passed++
        assert.match(
          answer.url,
          /^\/a\.jpg\?rev=1&width=(160|320|480|640|800|960|1280|1600|1920|2560|3840)&format=auto(\.avif|\.webp)?(&quality=low)?$/,
        )
      }
      const guarded = await strict.ask('/vault/a.jpg', headers)
      assertRefused(guarded, '', ['guarded'], [])
    }
    context.diagnostic(JSON.stringify({ passed, hotlinked }))
    assert.ok(passed > 1000 && hotlinked > 200, `${passed} passed, ${hotlinked} refused`)
  })

  test('changes nothing about a signature', async () => {
    const signed = signUrl({ key: 'secret/a.jpg', parameters: 'width=801' })
    const forged = signed.replace(/sig=./, (start) => `sig=${start.endsWith('A') ? 'B' : 'A'}`)
    for (const name of read.filter((each) => each !== 'accept')) {
      for (const value of odd.slice(0, 20)) {
        const { url: passed } = await edge.ask(signed, { [name]: value })
        assert.match(passed ?? '', /^\/secret\/a\.jpg\?rev=1&width=801&format=auto(&quality=low)?$/)
        assertRefused(await edge.ask(forged, { [name]: value }), forged, ['signature-wrong'], [])
      }
    }
  })
})
