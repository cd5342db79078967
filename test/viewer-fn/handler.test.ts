import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { GeneratedResponse, ViewerRequest } from '../../viewer-fn/event.ts'
import { settings } from '../grammar/url-outcome.ts'
import { makeEvent, makeEventOf, type SentEvent } from './make-event.ts'
import { loadInVm, type RunHandler, readBuiltFunction } from './run-in-vm.ts'

type Pairs = readonly (readonly [name: string, value: string])[]

let runJson: RunHandler

before(async () => {
  runJson = loadInVm(await readBuiltFunction(settings))
})

/** What the function returns: a request, or an answer. */
type Returned = ViewerRequest & GeneratedResponse

async function run(event: unknown): Promise<Returned> {
  return JSON.parse(await runJson(JSON.stringify(event)))
}

const avif = ['Accept', 'image/avif,image/webp,*/*;q=0.8'] as const

suite('handler rewrites', () => {
  const rewritten: readonly (readonly [url: string, uri: string, query: string, headers?: Pairs])[] = [
    ['/p/chair.jpg?width=800', '/p/chair.jpg', 'rev=1&width=800&format=auto.avif'],
    ['/p/chair.jpg?width=800', '/p/chair.jpg', 'rev=1&width=800&format=auto', []],
    ['/caf%C3%A9/a+b~1.jpg?w=320', '/caf~C3~A9/a~2Bb~7E1.jpg', 'rev=1&width=320&format=auto.avif'],
    ['/?key=p/x.jpg', '/p/x.jpg', 'rev=1&format=auto.avif'],
    ['/x.jpg', '/x.jpg', 'rev=1&format=auto.avif'],
    ['/x.jpg?v=1&q=80&w=10', '/x.jpg', 'rev=1&width=10&format=auto.avif&quality=80&version=1'],
    ['/x.jpg?rev=1&width=800&format=auto.webp', '/x.jpg', 'rev=1&width=800&format=auto.webp'],
    ['/x.jpg?rev=9&width=800&format=auto.webp', '/x.jpg', 'rev=1&width=800&format=auto.webp'],
    ['/x.jpg?__proto__=1&constructor=2&toString=3', '/x.jpg', 'rev=1&format=auto.avif'],
    ['/x.jpg?%=%&w=5', '/x.jpg', 'rev=1&width=5&format=auto.avif'],
    // Headers.
    ['/x.jpg', '/x.jpg', 'rev=1&format=auto.avif&quality=low', [avif, ['Save-Data', 'on']]],
    ['/x.jpg?w=auto', '/x.jpg', 'rev=1&width=640&format=auto', [['CloudFront-Is-Mobile-Viewer', 'true']]],
    ['/x.jpg?w=auto', '/x.jpg', 'rev=1&width=480&format=auto', [['Sec-CH-Width', '400']]],
    ['/x.jpg?w=9&dpr=auto', '/x.jpg', 'rev=1&width=18&format=auto', [['Sec-CH-DPR', '2']]],
    // Of a header that comes several times the first counts.
    [
      '/x.jpg',
      '/x.jpg',
      'rev=1&format=auto.webp',
      [
        ['Accept', 'image/webp'],
        ['Accept', 'image/avif'],
      ],
    ],
    [
      '/x.jpg',
      '/x.jpg',
      'rev=1&format=auto',
      [
        ['Accept', 'image/avif;q=0'],
        ['Accept', 'image/avif'],
      ],
    ],
    // An unknown parameter may come as often as it likes.
    ['/x.jpg?a=1&a=2&w=5', '/x.jpg', 'rev=1&width=5&format=auto.avif'],
  ]
  for (const [url, uri, query, headers = [avif]] of rewritten) {
    test(`${url} of ${JSON.stringify(headers)} to ${uri}?${query}`, async () => {
      const event = makeEventOf(url, headers)
      assert.deepEqual(await run(event), { ...event.request, uri, querystring: query })
    })
  }

  test('nothing but uri and querystring', async () => {
    const event: SentEvent = makeEventOf('/x.jpg?w=80', [
      avif,
      ['Host', 'example.com'],
      ['X-Any', '1'],
      ['X-Any', '2'],
    ])
    event.request.method = 'HEAD'
    event.request.cookies = { session: { value: 'abc' } }
    const { uri, querystring, ...rest } = await run(event)
    const { uri: _uri, querystring: _query, ...sent } = event.request
    assert.deepEqual(rest, sent)
    assert.deepEqual([uri, querystring], ['/x.jpg', 'rev=1&width=80&format=auto.avif'])
  })

  test('every run alike: nothing of one request is left for the next', async () => {
    const urls = ['/a.jpg?w=1', '/b.jpg?w=0', '/c.jpg?rev=1&format=auto', '/?key=d', '/%']
    const first = await Promise.all(urls.map((url) => run(makeEventOf(url))))
    for (let i = 0; i < 20; i++) {
      const again = await Promise.all(urls.map((url) => run(makeEventOf(url))))
      assert.deepEqual(again, first)
    }
  })

  test('the widths of its own ladder', async () => {
    const ladder = [100, 5000]
    const runOther = loadInVm(await readBuiltFunction({ ...settings, ladder }))
    const answer = JSON.parse(await runOther(JSON.stringify(makeEventOf('/x.jpg?w=auto'))))
    assert.equal(answer.querystring, 'rev=1&width=5000&format=auto')
  })

  test('a canonical claim as one, whatever the names of what follows', async () => {
    // Engines differ in where an object lists names that are whole numbers: first, or where they came.
    const answer = await run(makeEventOf('/x.jpg?rev=1&format=webp&5=x'))
    assert.equal(answer.headers?.['x-fovea-error']?.value, 'not-canonical')
  })
})

suite('handler refuses', () => {
  const refused: readonly (readonly [url: string, code: string, parameter: string, received: string])[] = [
    ['/x.jpg?w=0', 'bad-value', 'width', '0'],
    ['/x.jpg?w=', 'bad-value', 'width', ''],
    ['/x.jpg?w=%zz', 'bad-value', 'width', '%zz'],
    ['/x.jpg?w=5000&dpr=2', 'bad-value', 'width', '10000'],
    ['/x.jpg?w=1&w=2', 'repeated', 'width', '2'],
    ['/x.jpg?w=1&width=2', 'repeated', 'width', '2'],
    ['/x.jpg?dpr=2', 'contradiction', 'dpr', ''],
    ['/x.jpg?key=y.jpg', 'contradiction', 'key', 'y.jpg'],
    ['/', 'bad-key', 'key', '/'],
    ['/a%2Fb', 'bad-key', 'key', '/a%2Fb'],
    ['/%00', 'bad-key', 'key', '/%00'],
    ['/x.jpg?rev=1', 'not-canonical', '', '/x.jpg?rev=1'],
    ['/x.jpg?rev=1&w=5&format=auto', 'not-canonical', '', '/x.jpg?rev=1&w=5&format=auto'],
  ]
  for (const [url, code, parameter, received] of refused) {
    test(`${url} as ${code}${parameter && ` of ${parameter}`}`, async () => {
      const answer = await run(makeEventOf(url, [avif]))
      assert.deepEqual(Object.keys(answer).sort(), ['body', 'headers', 'statusCode'])
      assert.equal(answer.statusCode, 400)
      assert.deepEqual(answer.headers, {
        'cache-control': { value: 'no-store' },
        'content-type': { value: 'application/problem+json' },
        'x-fovea-error': { value: code },
        'access-control-allow-origin': { value: '*' },
        'x-content-type-options': { value: 'nosniff' },
      })
      assert.equal(answer.body.encoding, 'text')
      const { expected, ...problem } = JSON.parse(answer.body.data)
      assert.deepEqual(problem, { status: 400, code, parameter, received })
      assert.ok(expected.length > 0)
    })
  }

  const broken: Readonly<Record<string, unknown>> = {
    'no uri': { request: { ...makeEvent('/x').request, uri: undefined } },
    'a uri of no text': { request: { ...makeEvent('/x').request, uri: 7 } },
    'a query of no text': { ...makeEvent('/x'), rawQueryString: 7 },
  }
  for (const [name, event] of Object.entries(broken)) {
    test(`${name} as a fault of its own, which nobody keeps`, async () => {
      const answer = await run(event)
      assert.equal(answer.statusCode, 503)
      assert.equal(answer.headers['cache-control']?.value, 'no-store')
      assert.equal(answer.headers['x-fovea-error']?.value, 'internal')
      assert.equal(JSON.parse(answer.body.data).status, 503)
    })
  }

  const impossible: Readonly<Record<string, unknown>> = {
    nothing: null,
    'an empty event': {},
    'a request of nothing': { request: null },
    'no headers': { request: { ...makeEvent('/x').request, headers: undefined } },
  }
  for (const [name, event] of Object.entries(impossible)) {
    test(`${name}, which CloudFront never sends, by failing: a bare 503`, async () => {
      assert.deepEqual(Object.keys(await run(event)), ['failure'])
    })
  }
})
