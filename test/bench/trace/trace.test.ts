import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { choose, createZipf } from '../../../bench/trace/choose.ts'
import type { TraceRequest } from '../../../bench/trace/request.ts'
import { floodTime, saleTime, shares } from '../../../bench/trace/shares.ts'
import { decideTraced } from '../../../bench/trace/site.ts'
import { playTrace } from '../../../bench/trace/trace.ts'
import { estimateTransform } from '../../../bench/trace/transform-times.ts'

const options = { requests: 20_000, originals: 500 }
const trace = [...playTrace(options)]

suite('playTrace', () => {
  test('gives as many requests as asked for, in the order of their time', () => {
    assert.equal(trace.length, options.requests)
    for (let at = 1; at < trace.length; at++) {
      assert.ok((trace[at] as TraceRequest).atMs >= (trace[at - 1] as TraceRequest).atMs)
    }
  })

  test('gives the same requests for the same seed, and others for another', () => {
    const first = (seed: number) => [...playTrace({ requests: 300, originals: 50, seed })]
    assert.deepEqual(first(7), first(7))
    assert.notDeepEqual(first(7), first(8))
  })

  test('has each intent about as often as its share', () => {
    for (const [intent, { value }] of [
      ['hotlink', shares.hotlinked],
      ['forged', shares.forged],
      ['missing', shares.missing],
      ['invalid', shares.invalid],
    ] as const) {
      const share = trace.filter((request) => request.intent === intent).length / trace.length
      assert.ok(share > value / 2 && share < value * 2, `${intent}: ${share}`)
    }
  })

  test('has pictures that our edge function lets through, every one', () => {
    const pictures = trace.filter(({ intent }) => intent === 'picture')
    assert.ok(pictures.length > 15_000)
    for (const request of pictures) {
      const { refusal, verdicts } = decideTraced(request)
      assert.equal(refusal, undefined, `${request.query} ${JSON.stringify(verdicts)}`)
    }
  })

  for (const [intent, check] of [
    ['hotlink', 'hotlink'],
    ['forged', 'signature'],
    ['invalid', 'parse'],
  ] as const) {
    test(`has requests of intent ${intent} that our edge function refuses, every one`, () => {
      const own = trace.filter((request) => request.intent === intent)
      assert.ok(own.length > 10)
      for (const request of own) assert.ok(decideTraced(request).verdicts[check], request.query)
    })
  }

  test('signs some, names them in many ways, tracks and busts some', () => {
    for (const pattern of [/(^|&)sig=/, /(^|&)w=/, /(^|&)W=/, /utm_source=/, /fbclid=/, /(^|&)_=/, /dpr=2/]) {
      assert.ok(
        trace.some(({ query }) => pattern.test(query)),
        String(pattern),
      )
    }
  })

  test('has a flood only where one is asked for, in its time, of keys that nobody has, each once', () => {
    const guessed = ({ path }: TraceRequest) => /^\/(?:wp-content|backup)\//.test(path)
    assert.equal(trace.some(guessed), false)
    const flooded = [...playTrace({ ...options, flood: shares.flooded.value })]
    const flood = flooded.filter(guessed)
    const share = flood.length / flooded.length
    assert.ok(share > shares.flooded.value / 2 && share < shares.flooded.value * 2, String(share))
    assert.equal(new Set(flood.map(({ path }) => path)).size, flood.length)
    for (const { atMs, intent } of flood) {
      assert.equal(intent, 'missing')
      assert.ok(atMs / 86_400_000 >= floodTime[0] && atMs / 86_400_000 <= floodTime[1])
    }
  })

  test('signs with the key that it is given, at the time that it is given, or not at all', () => {
    const startMs = Date.UTC(2030, 0, 1)
    const own = { ...options, requests: 500, seconds: 10, startMs }
    const signed = [
      ...playTrace({
        ...own,
        signingKey: { kid: 'own', secret: 'another-secret-of-43-characters-or-even-more' },
      }),
    ].filter(({ intent, query }) => intent === 'picture' && /sig=/.test(query))
    assert.ok(signed.length > 10)
    for (const { query } of signed) {
      assert.match(query, /kid=own/)
      assert.ok(Number(/exp=(\d+)/.exec(query)?.[1]) > startMs / 1000)
    }
    const unsigned = [...playTrace({ ...own, signingKey: undefined })].filter(({ query }) =>
      /sig=/.test(query),
    )
    assert.ok(unsigned.every(({ intent }) => intent === 'forged'))
  })

  test('has the sale in its time only, on originals that no one asked for before', () => {
    const sale = trace.filter((request) => request.sale)
    assert.ok(sale.length > (trace.length * shares.flashSale.value) / 2)
    const share = (request: TraceRequest) => request.atMs / 86_400_000
    assert.ok(sale.every((request) => share(request) >= saleTime[0] && share(request) <= saleTime[1]))
    assert.ok(sale.every(({ original }) => original >= options.originals || original === -1))
    assert.ok(trace.every((request) => request.sale || request.original < options.originals))
  })
})

suite('createZipf', () => {
  test('gives rank 0 as often as the law says, and every rank within the count', () => {
    const zipf = createZipf(100, 1)
    const harmonic = Array.from({ length: 100 }, (_each, rank) => 1 / (rank + 1)).reduce((a, b) => a + b)
    assert.equal(zipf(0), 0)
    assert.equal(zipf(1 / harmonic - 1e-9), 0)
    assert.equal(zipf(1 / harmonic + 1e-9), 1)
    assert.equal(zipf(0.999999999), 99)
  })
})

suite('choose', () => {
  test('falls on items as wide as their shares', () => {
    const items = [{ share: 1 }, { share: 3 }]
    assert.equal(choose(items, 0.24), items[0])
    assert.equal(choose(items, 0.26), items[1])
    assert.equal(choose(items, 1), items[1])
  })
})

suite('estimateTransform', () => {
  test('gives the measured figures at the measured widths', () => {
    assert.deepEqual(estimateTransform(800, 'webp'), { milliseconds: 93, bytes: 54_600 })
    assert.deepEqual(estimateTransform(1600, 'avif'), { milliseconds: 533, bytes: 119_100 })
  })

  test('rises with the width and is never below zero', () => {
    for (const viewer of ['avif', 'webp', 'none'] as const) {
      let before = 0
      for (const width of [1, 100, 320, 500, 800, 1200, 1600, 3840, 8192]) {
        const { milliseconds, bytes } = estimateTransform(width, viewer)
        assert.ok(milliseconds > 0 && bytes > 0 && milliseconds >= before)
        before = milliseconds
      }
    }
  })
})
