import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import fc from 'fast-check'
import { settings } from '../grammar/url-outcome.ts'
import { requirement } from '../requirements.ts'
import { arbitraryEvent, countAnswers } from './arbitrary-event.ts'
import { makeEventOf } from './make-event.ts'
import { foundNjs, runInNjs } from './run-in-njs.ts'
import { loadInVm, type RunHandler, readBuiltFunction } from './run-in-vm.ts'

// CloudFront's engine behaves like njs: PCRE in place of JavaScript's regular expressions, characters of Unicode in
// place of UTF-16 units, an order of its own for the properties of objects. What the vm answers must not depend on any of it.

/** Where the engines are known to differ; each URL, or Accept header of /x.jpg, is answered alike all the same. */
const urls: readonly string[] = [
  // `$` of PCRE matches before a line end.
  ...['w=80%0A', 'w=auto%0A', 'w=1&dpr=2%0A', 'w=9&dpr=1.5%0A', 'ar=1-1%0A', 'bg=fff%0A', 'bg=ffffff%0A'].map(
    (query) => `/x.jpg?${query}`,
  ),
  ...['bg=black%0A', 'v=a%0A', 'q=80%0A', 'f=jpg%0A', 'key=x.jpg%0A', 'fit=pad%0A&w=1&h=1'].map(
    (query) => `/x.jpg?${query}`,
  ),
  ...['/x%0A', '/..%0A', '/x/.%0A', '/x/%0A', '/?key=..%0A', '/x.jpg?rev=1&format=auto&version=a~0A'],
  '/x.jpg?rev=1%0A&format=auto',
  // Object.entries lists whole numbers first, or not.
  ...['/x.jpg?rev=1&format=webp&5=x', '/x.jpg?5=x&rev=1&format=webp', '/x.jpg?w=1&0=1&h=2'],
  // Beyond ten names njs lists them in no order at all.
  '/x.jpg?rev=1&width=8&height=6&fit=contain&background=ffffff&format=auto&quality=9&version=1&a=1&b=2&c=3&d=4',
  '/x.jpg?rev=1&width=8&height=6&fit=contain&gravity=north&enlarge=1&crop=1_1_5_5&background=ffffff&format=auto.webp&quality=9&page=3&version=1',
  '/x.jpg?a=1&b=2&c=3&d=4&e=5&i=6&j=7&k=8&l=9&m=10&n=11&w=0&h=0&q=0&f=0',
  '/x.jpg?w=0&h=0&q=0&f=0&v=&g=0&fit=0&bg=0&ar=0&dpr=0&key=%00',
  // Names of what every object has.
  ...[
    '/x.jpg?__proto__=1',
    '/x.jpg?constructor=1&toString=2',
    '/__proto__?w=1',
    '/x.jpg?__proto__=1&__proto__=2',
  ],
  // Letter case, digits and spaces of other scripts.
  ...[
    '/x.jpg?%E2%84%AAey=y',
    '/x.jpg?w%C4%B0dth=1',
    '/x.jpg?w=%EF%BC%98',
    '/x.jpg?w=%D9%A1',
    '/x.jpg?w=%C2%A01',
  ],
  ...['/x.jpg?f=%C4%B0', '/x.jpg?v=%C3%A9', '/x.jpg?bg=%F0%9F%A6%8Aa', '/x.jpg?bg=%C3%A9%C3%A9%C3%A9'],
  // UTF-8, whole and broken, and bytes that come unencoded.
  ...[
    '/%C0%AE',
    '/%ED%A0%80',
    '/%F4%90%80%80',
    '/%EF%BF%BE',
    '/%E2%80%A8',
    '/é',
    '/🦊',
    '/x.jpg?é=é',
    '/x.jpg?w=é',
  ],
  ...[`/${'%F0%9F%A6%8A'.repeat(256)}`, `/${'%F0%9F%A6%8A'.repeat(256)}x`, `/${'🦊'.repeat(256)}`],
  // A quotation is cut after 80: of what?
  ...[
    `/?key=/x${'%F0%9F%A6%8A'.repeat(60)}`,
    `/?key=/${'%F0%9F%A6%8A'.repeat(60)}`,
    `/x.jpg?w=${'é'.repeat(90)}`,
  ],
  `/x.jpg?w=${'9'.repeat(81)}`,
]

const accepts: readonly string[] = [
  ...['image/webp;q=0b1', 'image/webp;q=0x1', 'image/webp;q=1_0', 'image/webp;q=.5', 'image/webp;q=5.'],
  ...['image/webp;q=1e0', 'image/webp;q= 1', 'image/webp;q=Infinity', 'image/webp;q=NaN', 'image/webp;q='],
  ...['\u0130mage/webp', '\u00a0image/webp', 'image/webp;\u00a0q=0', 'image/webp\n', 'image/webp;q=0\n'],
]

const compared = [
  ...urls.map((url) => ({ name: url.length > 60 ? `${url.slice(0, 60)}…` : url, event: makeEventOf(url) })),
  ...accepts.map((accept) => ({
    name: `Accept: ${JSON.stringify(accept)}`,
    event: makeEventOf('/x.jpg', [['accept', accept]]),
  })),
]

suite('the built function in njs', requirement('njs', foundNjs), () => {
  let source: string
  let runInVm: RunHandler

  before(async () => {
    source = await readBuiltFunction(settings)
    runInVm = loadInVm(source)
  })

  test('answers 2,000 events byte for byte as in the vm', async () => {
    const events = fc.sample(arbitraryEvent, 2000).map((event) => JSON.stringify(event))
    const results = runInNjs(source, events)
    assert.equal(results.length, 2000)
    for (const [index, event] of events.entries()) assert.equal(results[index], await runInVm(event), event)
    const { request = 0, ...refused } = countAnswers(results)
    assert.ok(request > 500 && Object.keys(refused).length > 3, JSON.stringify({ request, ...refused }))
    assert.equal(refused.internal, undefined)
  })

  suite('answers as in the vm', () => {
    let results: string[]
    before(() => {
      results = runInNjs(
        source,
        compared.map(({ event }) => JSON.stringify(event)),
      )
    })

    compared.forEach(({ name, event }, index) => {
      test(name, async () => assert.equal(results[index], await runInVm(JSON.stringify(event))))
    })
  })
})
