import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { createCachePolicy, createOriginRequestPolicy } from '../../infra/request-policies.ts'
import { readEvent } from '../../transformer/event.ts'
import { readVariant } from '../../transformer/read-variant.ts'
import { createTransformer, makeEvent, receive, settings as transformerSettings } from '../transformer/run.ts'
import { drawQuadrants } from './picture.ts'
import { createRandom, type Random } from './random.ts'
import { type Edge, type Headers, loadEdge, settings } from './run-edge.ts'
import { signUrl } from './sign.ts'

// What a cache keeps for one viewer it shows to all: under one key there must be one answer, whoever asked first.

const requests = 5000

interface Policies {
  /** Of the viewer's headers, lower case, what CloudFront passes to the transformer. */
  forwarded: string[]
  cachePolicy: Record<string, unknown>
  originRequestPolicy: Record<string, unknown>
}

/** The policies as they are deployed. */
function readPolicies(): Policies {
  const stack = new Stack(new App(), 'Policies')
  createCachePolicy(stack, false)
  createOriginRequestPolicy(stack)
  const template = Template.fromStack(stack)
  const find = (type: string) => Object.values(template.findResources(`AWS::CloudFront::${type}`))
  const [cache, ...otherCaches] = find('CachePolicy')
  const [origin, ...otherOrigins] = find('OriginRequestPolicy')
  assert.ok(cache && origin && otherCaches.length + otherOrigins.length === 0)
  const originRequestPolicy = origin.Properties.OriginRequestPolicyConfig
  return {
    forwarded: originRequestPolicy.HeadersConfig.Headers.map((name: string) => name.toLowerCase()),
    cachePolicy: cache.Properties.CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin,
    originRequestPolicy,
  }
}

const headerValues: Readonly<Record<string, readonly string[]>> = {
  accept: ['image/avif,image/webp', 'image/webp', '*/*', 'image/avif;q=0.1,image/webp', 'image/jxl'],
  'save-data': ['on', 'off'],
  ect: ['2g', '4g'],
  'sec-ch-dpr': ['1', '1.4', '2', '3'],
  'sec-ch-width': ['300', '640'],
  'sec-ch-viewport-width': ['360', '1900'],
  'cloudfront-is-mobile-viewer': ['true', 'false'],
  'cloudfront-is-tablet-viewer': ['true', 'false'],
  'cloudfront-is-desktop-viewer': ['true', 'false'],
  'x-fovea-key': ['/a.jpg?rev=1&width=1&format=auto'],
  'x-forwarded-host': ['evil.example'],
  range: ['bytes=0-1'],
  'if-none-match': ['*', '"x"'],
  'user-agent': ['curl/8'],
}

const queryParts: readonly (readonly string[])[] = [
  [
    '',
    'width=160',
    'w=160',
    'width=100',
    'width=80&dpr=2',
    'width=auto',
    'w=320',
    'width=200&dpr=auto',
    'preset=card',
  ],
  ['', '', '', 'height=160', 'aspect=1-1', 'ar=1:1', 'fit=inside', 'gravity=north', 'utm_source=x', 'v=1'],
  [
    '',
    '',
    '',
    '',
    'overlay=marks/a.png',
    'overlay=%6Darks%2Fa.png',
    'overlay=marks/a.png&overlay-width=20',
    'overlay-width=20',
  ],
  ['', '', 'format=auto', 'format=webp', 'f=jpg', 'quality=high', 'q=90', 'q=85', 'format=png&q=low'],
]

const signedUrls = ['width=160', 'width=160&format=webp', 'width=160&version=1'].map((parameters) =>
  signUrl({ key: 'a.jpg', parameters }),
)
const canonicalUrls = ['auto', 'auto.webp', 'auto.avif', 'webp'].map(
  (format) => `/a.jpg?rev=1&width=160&format=${format}`,
)

function makeUrl(random: Random): string {
  if (random.oneIn(10)) return random.pick(signedUrls)
  if (random.oneIn(10)) return random.pick(canonicalUrls)
  const query = queryParts.map((parts) => random.pick(parts)).filter((part) => part !== '')
  const path = random.pick(['/a.jpg', '/%61.jpg', '/b.jpg', '/open/a.jpg'])
  return `${path}?${query.sort(() => random.below(3) - 1).join('&')}`
}

function makeHeaders(random: Random): Record<string, string> {
  const entries = Object.entries(headerValues).filter(() => random.oneIn(3))
  return Object.fromEntries(entries.map(([name, values]) => [name, random.pick(values)]))
}

/** What the transformer makes of a request for `url` that carries `headers`. */
function readInTransformer(url: string, headers: Headers): string {
  const invocation = readEvent(makeEvent(url, 'GET', headers as Record<string, string>))
  return JSON.stringify(readVariant(invocation, { ...transformerSettings, overlays: settings.overlays }))
}

suite('one cache key', () => {
  let edge: Edge
  let policies: Policies

  before(async () => {
    edge = await loadEdge()
    policies = readPolicies()
  })

  test('is the whole of path and query, and of nothing else', () => {
    const { cachePolicy, originRequestPolicy, forwarded } = policies
    assert.deepEqual(cachePolicy, {
      CookiesConfig: { CookieBehavior: 'none' },
      EnableAcceptEncodingBrotli: false,
      EnableAcceptEncodingGzip: false,
      HeadersConfig: { HeaderBehavior: 'none' },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
    })
    assert.deepEqual(originRequestPolicy.CookiesConfig, { CookieBehavior: 'none' })
    assert.deepEqual(originRequestPolicy.QueryStringsConfig, { QueryStringBehavior: 'none' })
    assert.ok(forwarded.length > 0)
    // These CloudFront works out itself: a viewer that sends them is overruled.
    for (const name of forwarded) assert.match(name, /^cloudfront-is-\w+-viewer$/)
  })

  test(`is one variant to the transformer, over ${requests} requests`, async (context) => {
    const random = createRandom(3)
    const variants = new Map<string, string>()
    const asked = new Map<string, Set<string>>()
    let collisions = 0
    let refused = 0
    for (let turn = 0; turn < requests; turn++) {
      const sent = makeUrl(random)
      const headers = makeHeaders(random)
      const { url } = await edge.ask(sent, headers)
      if (url === undefined) {
        refused++
        continue
      }
      const forwarded = Object.entries(headers).filter(([name]) => policies.forwarded.includes(name))
      const variant = readInTransformer(url, Object.fromEntries(forwarded))
      // Not even where all headers were forwarded.
      assert.equal(readInTransformer(url, headers), variant, url)
      assert.equal(readInTransformer(url, {}), variant, url)
      const request = JSON.stringify([sent, headers])
      const others = asked.get(url) ?? new Set()
      if (others.size > 0 && !others.has(request)) {
        collisions++
        assert.equal(variant, variants.get(url), url)
      }
      asked.set(url, others.add(request))
      variants.set(url, variant)
    }
    context.diagnostic(JSON.stringify({ keys: variants.size, collisions, refused }))
    assert.ok(collisions >= 1000, `${collisions} collisions`)
    assert.ok(variants.size >= 50, `${variants.size} keys`)
    // And the other way: two keys are never the same variant, which would be two objects for one.
    assert.equal(new Set(variants.values()).size, variants.size)
  })

  test('is one sequence of bytes, whatever headers come along', async () => {
    const transformer = createTransformer({ 'a.jpg': await drawQuadrants() })
    const random = createRandom(5)
    for (const url of canonicalUrls) {
      const plain = receive(await transformer.invoke(makeEvent(url)))
      assert.equal(plain.status, 200, url)
      for (let turn = 0; turn < 5; turn++) {
        const headers: Record<string, string> = makeHeaders(random)
        const answer = receive(await transformer.invoke(makeEvent(url, 'GET', headers)))
        const { 'server-timing': _time, ...told } = answer.headers
        const { 'server-timing': _plainTime, ...toldPlainly } = plain.headers
        if (answer.status === 304) {
          assert.equal(headers['if-none-match'], '*')
          assert.equal(answer.body.length, 0)
        } else {
          assert.ok(answer.body.equals(plain.body), `${url} ${JSON.stringify(headers)}`)
          assert.deepEqual(told, toldPlainly)
        }
      }
    }
  })
})
