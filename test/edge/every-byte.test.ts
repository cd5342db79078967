import assert from 'node:assert/strict'
import { Agent, request as httpRequest } from 'node:http'
import { after, before, suite, test } from 'node:test'
import fc from 'fast-check'
import { type FunctionUrl, serveFunctionUrl } from '../../edge/lambda/function-url.ts'
import type { Lambda } from '../../edge/lambda/lambda.ts'
import { type Credentials, signRequest } from '../../edge/signature-v4.ts'
import { decodePercent, undecodable } from '../../grammar/escaping.ts'
import { formatVariant, type Variant } from '../../grammar/variant.ts'
import { arbitraryVariant } from '../grammar/arbitrary-request.ts'
import { readText } from '../grammar/url-outcome.ts'

const credentials: Credentials = { accessKeyId: 'OAC', secretAccessKey: 'secret' }
const stranger: Credentials = { ...credentials, secretAccessKey: 'guess' }
const agent = new Agent({ keepAlive: true })

/** In place of the transformer: answers with what the event holds, and counts. */
const echo: Lambda & { invocations: number } = {
  invocations: 0,
  async invoke(event) {
    this.invocations++
    return { kind: 'answered', result: { statusCode: 200, body: JSON.stringify(event) } }
  },
  warm() {},
  close() {},
}

let functionUrl: FunctionUrl

before(async () => {
  functionUrl = await serveFunctionUrl(echo, false, credentials, Date.now)
})

after(() => {
  agent.destroy()
  functionUrl.close()
})

interface Sent {
  /** What is signed. Default: nothing. */
  signed?: string
  /** Default: what is signed. */
  url?: string
  signer?: Credentials
  service?: string
}

/** Sends a request whose target is `url`, byte for byte. */
async function send({ signed, url = signed, signer = credentials, service = 'lambda' }: Sent) {
  const headers = { host: `127.0.0.1:${functionUrl.port}` }
  const signing = { credentials: signer, service, region: 'us-east-1', signedAt: new Date() }
  const signature =
    signed === undefined ? {} : await signRequest({ method: 'GET', url: signed, headers }, signing)
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const outgoing = httpRequest({
      agent,
      host: '127.0.0.1',
      port: functionUrl.port,
      path: url,
      headers: { ...headers, ...signature },
    })
    outgoing.on('error', reject)
    outgoing.on('response', async (incoming) => {
      let body = ''
      for await (const chunk of incoming.setEncoding('utf8')) body += chunk
      resolve({ status: incoming.statusCode ?? 0, body })
    })
    outgoing.end()
  })
}

function urlOf(variant: Variant): string {
  const { path, query } = formatVariant(variant)
  return `${path}?${query}`
}

/** Asserts that the canonical URL of `variant` is taken, arrives as it was sent, and names the same key. */
async function arrives(variant: Variant): Promise<void> {
  const url = urlOf(variant)
  const { status, body } = await send({ signed: url })
  assert.equal(status, 200, url)
  const { rawPath, rawQueryString } = JSON.parse(body)
  assert.equal(`${rawPath}?${rawQueryString}`, url)
  assert.equal(readText(`${rawPath}?${rawQueryString}`).key, variant.key)
}

/** Asserts that a request is refused before anything runs. */
async function isRefused(sent: Sent): Promise<void> {
  const before = echo.invocations
  assert.deepEqual(await send(sent), { status: 403, body: '{"Message":"Forbidden"}' }, JSON.stringify(sent))
  assert.equal(echo.invocations, before)
}

function isAllowed(key: string): boolean {
  return decodePercent(encodeURIComponent(key)) !== undecodable
}

/** A key around each character from `first` to `last`, in steps. */
function keysAround(first: number, last: number, step = 1): string[] {
  const codePoints = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step)
  return codePoints.map((codePoint) => `a${String.fromCodePoint(codePoint)}b.jpg`)
}

/** U+0000–U+00FF, then a character for each other first byte of two, three and four bytes of UTF-8. */
const keys = [
  ...keysAround(0, 0xff),
  ...keysAround(0x100, 0x7ff, 0x40),
  ...keysAround(0x800, 0x800),
  ...keysAround(0x1000, 0xd000, 0x1000),
  ...keysAround(0xe000, 0xf000, 0x1000),
  ...keysAround(0x10000, 0x10000),
  ...keysAround(0x40000, 0x100000, 0x40000),
]

suite('a canonical URL, signed as Origin Access Control signs,', () => {
  test('arrives with every byte that a key may have', async () => {
    const allowed = keys.filter(isAllowed)
    const bytes = new Set(allowed.flatMap((key) => [...Buffer.from(key)]))
    // ASCII without control characters, continuation bytes, and first bytes of two, three and four.
    assert.equal(bytes.size, 95 + 64 + 30 + 16 + 5)
    assert.equal(keys.length - allowed.length, 33, 'control characters, which no key has')
    for (const key of allowed) await arrives({ key, parameters: { width: 320, format: 'auto.avif' } })
  })

  test('arrives whatever it names', async () => {
    await fc.assert(fc.asyncProperty(arbitraryVariant, arrives), { numRuns: 500 })
  })

  test('is 403 without a signature, or with one of another secret or service', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryVariant, async (variant) => {
        const url = urlOf(variant)
        await isRefused({ url })
        await isRefused({ signed: url, signer: stranger })
        await isRefused({ signed: url, service: 's3' })
      }),
      { numRuns: 100 },
    )
  })

  test('is 403 with any character of it altered', async () => {
    const alphabet = fc.constantFrom(...'AZaz09._~-')
    await fc.assert(
      fc.asyncProperty(arbitraryVariant, fc.nat(), alphabet, async (variant, place, character) => {
        const signed = urlOf(variant)
        const index = 1 + (place % (signed.length - 1))
        fc.pre(signed[index] !== character)
        await isRefused({ signed, url: signed.slice(0, index) + character + signed.slice(index + 1) })
      }),
      { numRuns: 300 },
    )
  })

  test('is 403 with a parameter more or less', async () => {
    const variant: Variant = { key: 'a+b é.jpg', parameters: { width: 320, format: 'webp' } }
    const signed = urlOf(variant)
    for (const url of [`${signed}&quality=90`, signed.replace('&width=320', ''), signed.split('?')[0]]) {
      assert.notEqual(url, signed)
      await isRefused({ signed, url })
    }
  })
})
