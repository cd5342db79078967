import assert from 'node:assert/strict'
import { generateKeyPairSync, verify } from 'node:crypto'
import { suite, test } from 'node:test'
import { type CloudFrontUrlOptions, signCloudFrontUrl } from '../../../signer/cloudfront/sign-url.ts'
import { createEcKey, createRsaKey, signingKeys } from '../../edge/cloudfront/signing-keys.ts'
import { ask, expiresAt, kinds, nowMs, optionsOf, resource, url } from './asking.ts'

function sign(options: Partial<CloudFrontUrlOptions> = {}) {
  return signCloudFrontUrl({ url, ...optionsOf(), ...options })
}

const nameList = (signed: string) => [...new URL(signed).searchParams.keys()].join(' ')

suite('signCloudFrontUrl', () => {
  for (const kind of kinds) {
    test(`signs with ${kind.keyPairId} by ${kind.algorithm ?? 'the default'}, canned and custom`, () => {
      const options = { ...optionsOf(kind), algorithm: kind.algorithm }
      const canned = sign(options)
      assert.equal(ask(canned), undefined)
      assert.equal(ask(canned.replace('800', '801')), 'AccessDenied')
      assert.equal(ask(canned, { at: nowMs + 3_601_000 }), 'AccessDenied')
      assert.equal(ask(sign({ ...options, resource }).replace('800', '801')), undefined)
    })
  }

  test('writes a canned policy where an end is all there is', () => {
    assert.equal(nameList(sign()), 'width Expires Key-Pair-Id Signature Hash-Algorithm')
    assert.equal(nameList(sign({ algorithm: 'SHA1' })), 'width Expires Key-Pair-Id Signature')
  })

  for (const options of [{ startsAt: new Date(nowMs) }, { ipRange: '203.0.113.0/24' }, { resource }]) {
    test(`writes a custom policy for ${Object.keys(options)}`, () => {
      assert.equal(nameList(sign(options)), 'width Policy Key-Pair-Id Signature Hash-Algorithm')
      assert.equal(ask(sign(options), { at: nowMs + 1000 }), undefined)
    })
  }

  test('keeps to the start, the addresses and the resource', () => {
    assert.equal(ask(sign({ startsAt: new Date(nowMs + 60_000) })), 'AccessDenied')
    assert.equal(ask(sign({ ipRange: '198.51.100.1' })), 'AccessDenied')
    assert.equal(ask(sign({ resource, ipRange: '198.51.100.0/24' })), 'AccessDenied')
    assert.equal(ask(sign({ resource, startsAt: new Date(nowMs + 60_000) })), 'AccessDenied')
    assert.equal(ask(sign({ resource }).replace('private', 'secret')), 'AccessDenied')
  })

  test('signs the text that CloudFront documents', () => {
    const signed = new URL(sign())
    const seconds = expiresAt.getTime() / 1000
    const text = `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${seconds}}}}]}`
    const characters: Record<string, string> = { '-': '+', '~': '/', _: '=' }
    const signature = (signed.searchParams.get('Signature') ?? '').replace(
      /[-~_]/g,
      (each) => characters[each] ?? '',
    )
    assert.ok(
      verify('sha256', Buffer.from(text), signingKeys.KRSA.publicKey, Buffer.from(signature, 'base64')),
    )
  })

  test('signs for a resource of any scheme, and one that ends in the middle of a name', () => {
    for (const [of, asked] of [
      ['*://img.example.com/private/*', url],
      ['http*://img.example.com/private/a*', url],
      ['https://*.example.com/private/?.jpg?width=*', url],
      ['https://img.example.com/private/a%2Cb*', 'https://img.example.com/private/a,b.jpg'],
    ] as const) {
      assert.equal(ask(sign({ resource: of, url: asked })), undefined, of)
    }
  })

  test('refuses an end that is over, by the clock that is given or the one there is', () => {
    const message = /^expected a Date in the future for expiresAt but received '2026-11-23T01:00:00\.000Z'$/
    assert.throws(() => sign({ now: () => expiresAt.getTime() }), { message })
    assert.match(sign({ now: () => expiresAt.getTime() - 1 }), /&Signature=/)
    assert.throws(() => sign({ expiresAt: new Date(Date.now() - 60_000), now: undefined }), {
      message: /in the future/,
    })
    assert.match(sign({ expiresAt: new Date(Date.now() + 60_000), now: undefined }), /&Signature=/)
  })

  for (const [what, options, message] of [
    [
      'milliseconds for seconds',
      { expiresAt: new Date(1_767_290_400_000 * 1000) },
      /2001 to 2262, of milliseconds, for expiresAt but received '\+057973-/,
    ],
    [
      'a start in another unit',
      { startsAt: new Date(1_767_290_400_000 * 1000) },
      /2001 to 2262, of milliseconds, for startsAt/,
    ],
    ['a number for a Date', { expiresAt: nowMs as unknown as Date }, /for expiresAt but received 1795/],
    ['no key id', { keyPairId: undefined as unknown as string }, /for keyPairId but received undefined$/],
    ['no private key', { privateKey: undefined as unknown as string }, /for privateKey but received what/],
    ['a public key', { privateKey: signingKeys.KRSA.publicKey }, /for privateKey but received what/],
    ['a URL with an empty signature', { url: `${url}&Signature` }, /not signed yet, for url/],
    [
      'a resource elsewhere',
      { resource: 'https://img.example.com/privat/*' },
      /^expected what covers https:\/\/img\.example\.com\/private\/a\.jpg\?width=800 for resource but/,
    ],
    ['a resource of other parameters', { resource: url.replace('800', '801') }, /^expected what covers /],
    ['a resource of another scheme', { resource: resource.replace('s:', ':') }, /^expected what covers /],
    [
      'a resource in another spelling than is sent',
      { url: 'https://a.com/a,b.jpg', resource: 'https://a.com/a,b*' },
      /^expected what covers https:\/\/a\.com\/a%2Cb\.jpg for resource/,
    ],
    [
      'a resource that no browser sends so',
      { url: 'https://a.com/é.jpg', resource: 'https://a.com/é*' },
      /percent-encoded/,
    ],
    ['a URL without a host', { url: '/a.jpg' }, /for url but received '\/a\.jpg'$/],
    ['a URL that is signed', { url: `${url}&Signature=x` }, /not signed yet, for url/],
    [
      'a URL that would be a pattern',
      { url: `${url}*`, ipRange: '1.2.3.4' },
      /no \* without a resource for url/,
    ],
    ['the same, escaped', { url: 'https://a/%2A', startsAt: new Date(nowMs) }, /no \* without a resource/],
    ['a resource of everything', { resource: '*' }, /for resource but received '\*'/],
    ['a resource without a path', { resource: 'https://*' }, /for resource/],
    ['an end that is none', { expiresAt: new Date(Number.NaN) }, /for expiresAt/],
    ['an end in seconds', { expiresAt: new Date(nowMs / 1000) }, /for expiresAt but received '1970-01-21T/],
    ['a start in seconds', { startsAt: new Date(nowMs / 1000) }, /for startsAt but received '1970-01-21T/],
    ['a start after the end', { startsAt: new Date(nowMs + 7_200_000) }, /for startsAt/],
    ['an address of IPv6', { ipRange: '::1' }, /for ipRange but received '::1'/],
    ['an address above 255', { ipRange: '1.2.3.256' }, /for ipRange/],
    ['too many bits', { ipRange: '1.2.3.4/33' }, /for ipRange/],
    ['an algorithm', { algorithm: 'MD5' as 'SHA1' }, /for algorithm but received 'MD5'/],
    ['an unset key id', { keyPairId: undefined as unknown as string }, /but received undefined$/],
    ['a key id', { keyPairId: 'K&' }, /for keyPairId/],
    [
      'a short RSA key',
      { privateKey: createRsaKey(1024).privateKey },
      /for privateKey but received 'rsa 1024'/,
    ],
    [
      'another curve',
      { privateKey: createEcKey('secp384r1').privateKey },
      /for privateKey but received 'ec secp384r1'/,
    ],
  ] as const) {
    test(`refuses ${what}`, () => assert.throws(() => sign(options), { name: 'Error', message }))
  }

  test('says nothing of a private key that it cannot read', () => {
    const broken = signingKeys.KRSA.privateKey.replace('KEY-----\n', 'KEY-----\nxx')
    assert.throws(
      () => sign({ privateKey: broken }),
      (error: Error) => /for privateKey/.test(error.message) && !error.message.includes(broken.slice(40, 60)),
    )
  })

  test('takes a key with a passphrase', () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' },
    })
    assert.match(sign({ privateKey, passphrase: 'open' }), /&Signature=/)
    assert.throws(() => sign({ privateKey, passphrase: 'shut' }), { message: /for privateKey/ })
  })
})
