import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { formatErrorCacheControl } from '../../grammar/problem.ts'
import { packPng, truncateJpeg } from './bad-pictures.ts'
import {
  closeEdges,
  drawPicture,
  openEdge,
  type Reply,
  type RunningEdge,
  readProblem,
} from './running-edge.ts'

let running: RunningEdge
let nth = 0

before(async () => {
  running = await openEdge()
})

after(closeEdges)

/** A good request that no cache has seen is answered with a picture: the edge is well. */
async function expectWell(): Promise<void> {
  nth++
  running.put(`well-${nth}.jpg`, await drawPicture(40, 30).jpeg().toBuffer())
  const { status, headers } = await running.ask(`/well-${nth}.jpg?width=160&format=jpeg`)
  assert.deepEqual([status, headers['content-type']], [200, 'image/jpeg'])
}

/** An honest error: problem details, kept for `maxAgeSeconds` or not at all, with nothing of our insides. */
function expectProblem(reply: Reply, status: number, code: string, maxAgeSeconds: number) {
  const text = reply.body.toString()
  assert.equal(reply.status, status, text)
  assert.equal(reply.headers['content-type'], 'application/problem+json')
  assert.equal(reply.headers['cache-control'], formatErrorCacheControl(maxAgeSeconds))
  assert.equal(reply.headers['x-fovea-error'], code)
  assert.equal(reply.headers['x-content-type-options'], 'nosniff')
  assert.doesNotMatch(text, /\bat .*:\d+|\.[jt]s\b|node_modules|\/(?:work|tmp|home|root)\/|vips/i)
  const problem = readProblem(reply)
  assert.deepEqual([problem.status, problem.code], [status, code])
  assert(typeof problem.expected === 'string' && problem.expected !== '')
  assert(typeof problem.received === 'string')
  return problem
}

const long = 'x'.repeat(1100)

/** Queries that are refused, the code, and the parameter that is named. */
const queries: readonly (readonly [query: string, code: string, parameter: string])[] = [
  ...[
    '0',
    '8193',
    '-1',
    '1.5',
    '1e3',
    'NaN',
    '0x10',
    '٣',
    '',
    ' ',
    'auto.',
    '99999999999999999999',
    long,
  ].map((value) => [`width=${encodeURIComponent(value)}`, 'bad-value', 'width'] as const),
  ...['0', '8193', 'auto', ''].map((value) => [`height=${value}`, 'bad-value', 'height'] as const),
  ...['0-1', '65-1', '16', '16-9-1', 'square', ''].map(
    (value) => [`aspect=${value}`, 'bad-value', 'aspect'] as const,
  ),
  ...['0', '4.5', '0.5', 'x', ''].map((value) => [`width=1&dpr=${value}`, 'bad-value', 'dpr'] as const),
  ...['zoom', '1', ''].map((value) => [`fit=${value}`, 'bad-value', 'fit'] as const),
  ...['middle', '2_2', ''].map((value) => [`gravity=${value}`, 'bad-value', 'gravity'] as const),
  ...['red', '12', 'gggggg', '%23', ''].map(
    (value) => [`background=${value}`, 'bad-value', 'background'] as const,
  ),
  ...['bmp', 'auto.avif', 'jpg2', ''].map((value) => [`format=${value}`, 'bad-value', 'format'] as const),
  ...['0', '101', 'best', '80.5', ''].map((value) => [`quality=${value}`, 'bad-value', 'quality'] as const),
  ...['a%20b', 'x'.repeat(33), '%C3%A9', ''].map(
    (value) => [`version=${value}`, 'bad-value', 'version'] as const,
  ),
  ['width=1&width=1', 'repeated', 'width'],
  ['width=1&w=2', 'repeated', 'width'],
  ['FORMAT=webp&fm=webp', 'repeated', 'format'],
  ['width=8000&dpr=2', 'bad-value', 'width'],
  ['height=8000&aspect=16-9', 'bad-value', 'width'],
  ['width=1&height=1&aspect=1-1', 'contradiction', 'aspect'],
  ['dpr=2', 'contradiction', 'dpr'],
  ['key=other.jpg', 'contradiction', 'key'],
  ['key=photo.jpg%00', 'bad-value', 'key'],
  ['width=%', 'bad-value', 'width'],
  ['width=%zz', 'bad-value', 'width'],
  ['width=%C3', 'bad-value', 'width'],
  ['width=1%00', 'bad-value', 'width'],
  ['rev=1&width=0&format=auto', 'bad-value', 'width'],
  ['rev=1&width=1', 'not-canonical', ''],
  ['rev=1&w=1&format=auto', 'not-canonical', ''],
  ['rev=0&format=auto', 'not-canonical', ''],
]

/** Paths, with their query, that name no key an original can have. */
const paths: readonly string[] = [
  ...['/', '/?width=1', '/?key=', '//', '/a//b.jpg', '/a.jpg/', '//a.jpg'],
  ...['/../photo.jpg', '/a/../photo.jpg', '/./photo.jpg'],
  '/a/..',
  '/%2e%2e/photo.jpg',
  '/a%2Fb.jpg',
  '/..%2fphoto.jpg',
  '/%00.jpg',
  '/a%0ab.jpg',
  '/a%7Fb.jpg',
  '/%',
  '/%zz.jpg',
  '/%C3.jpg',
  '/%C0%AF.jpg',
  '/%ED%A0%80.jpg',
  `/${long}`,
  `/${'%C3%A9'.repeat(513)}`,
  '/?key=..%2Fphoto.jpg',
  '/?key=%2Fphoto.jpg',
  '/?key=a%2F%2Fb.jpg',
  `/?key=${long}`,
]

suite('a bad query', () => {
  for (const [query, code, parameter] of queries) {
    test(`is 400 ${code}: ${query.slice(0, 60)}`, async () => {
      const before = running.edge.stats.transformerInvocations
      const reply = await running.ask(`/photo.jpg?${query}`)
      const problem = expectProblem(reply, 400, code, 0)
      if (parameter !== '') assert.equal(problem.parameter, parameter)
      assert.equal(running.edge.stats.transformerInvocations, before)
      assert(reply.body.length < 1000)
    })
  }

  test('leaves the edge well', expectWell)
})

suite('an unknown parameter', () => {
  const unknown = [
    '__proto__=1',
    'constructor=1',
    'toString=1&valueOf=2',
    '__proto__=1&__proto__=2',
    'hasOwnProperty=1',
    'utm_source=%zz',
    '%zz=1',
    '%=%',
    '=',
    '&&&',
    `x=${long}`,
    'x=1&x=2',
    'x%00=1',
  ]
  for (const query of unknown) {
    test(`changes nothing: ${query.slice(0, 40)}`, async () => {
      const { status, headers } = await running.ask(`/photo.jpg?${query}&width=160&format=jpeg`)
      assert.equal(status, 200)
      assert.equal(headers['x-fovea-key'], '/photo.jpg?rev=1&width=160&format=jpeg')
    })
  }
})

suite('a bad key', () => {
  for (const path of paths) {
    test(`is 400: ${path.slice(0, 60)}`, async () => {
      const before = running.edge.stats.transformerInvocations
      const problem = expectProblem(await running.ask(path), 400, 'bad-key', 0)
      assert.equal(problem.parameter, 'key')
      assert.equal(running.edge.stats.transformerInvocations, before)
    })
  }

  test('leaves the edge well', expectWell)
})

suite('a bad original', () => {
  const originals: readonly (readonly [
    what: string,
    key: string,
    make: () => Buffer | Promise<Buffer>,
    code: string,
  ])[] = [
    [
      'a text by the name of a picture',
      'text.jpg',
      () => Buffer.from('This is no picture.\n'),
      'not-an-image',
    ],
    [
      'a page by the name of a picture',
      'page.png',
      () => Buffer.from('<!doctype html><script>alert(1)</script>'),
      'not-an-image',
    ],
    ['an empty file', 'empty.jpg', () => Buffer.alloc(0), 'not-an-image'],
    ['a truncated JPEG', 'truncated.jpg', truncateJpeg, 'undecodable'],
    ['a JPEG of its first three bytes', 'start.jpg', () => Buffer.from('ffd8ff', 'hex'), 'undecodable'],
    ['a PNG of its signature', 'signature.png', () => Buffer.from('89504e470d0a1a0a', 'hex'), 'undecodable'],
    ['a PNG of 50,000 × 50,000 pixels in 300 kB', 'bomb.png', () => packPng(50_000, 50_000), 'over-limit'],
    ['a broken SVG', 'broken.svg', () => Buffer.from('<svg width="10" height="10"><g>'), 'undecodable'],
  ]
  for (const [what, key, make, code] of originals) {
    test(`is 415 ${code}, kept for an hour: ${what}`, async () => {
      const bytes = await make()
      running.put(key, bytes)
      const startedAt = Date.now()
      const reply = await running.ask(`/${key}?width=100`)
      assert(Date.now() - startedAt < 3000)
      expectProblem(reply, 415, code, 3600)
      assert.equal(reply.headers['x-cache'], 'Error from cloudfront')
      assert(reply.headers['x-fovea-tags'], 'without its tag a mended original would stay broken for an hour')
      const before = running.edge.stats.transformerInvocations
      expectProblem(await running.ask(`/${key}?width=100`), 415, code, 3600)
      assert.equal(running.edge.stats.transformerInvocations, before)
      await expectWell()
    })
  }

  test('is no more than 400 kB of bomb', () => {
    const { length } = packPng(50_000, 50_000)
    assert(length > 200_000 && length < 400_000, `${length} bytes`)
  })

  test('is 404, kept for a minute, where it is missing', async () => {
    expectProblem(await running.ask('/nowhere/missing.jpg?width=100'), 404, 'missing', 60)
    await expectWell()
  })

  test('is 404 where a folder has its name, or a file is in its way', async () => {
    running.put('folder/a.jpg', await drawPicture(20, 20).jpeg().toBuffer())
    expectProblem(await running.ask('/folder?width=10'), 404, 'missing', 60)
    expectProblem(await running.ask('/photo.jpg/a.jpg?width=10'), 404, 'missing', 60)
    await expectWell()
  })
})

suite('a request beyond the quotas', () => {
  const requests: readonly (readonly [what: string, target: string, headers: Record<string, string>])[] = [
    ['a URL of more than 8,192 bytes', `/photo.jpg?x=${'y'.repeat(8200)}`, {}],
    ['headers of more than 20,480 bytes', '/photo.jpg?width=10', { cookie: 'c'.repeat(21_000) }],
  ]
  for (const [what, target, headers] of requests) {
    test(`is refused as CloudFront would, with 413: ${what}`, async () => {
      assert.equal((await running.ask(target, { headers })).status, 413)
      await expectWell()
    })
  }
})
