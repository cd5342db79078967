import assert from 'node:assert/strict'
import { generateKeyPairSync, verify } from 'node:crypto'
import { suite, test } from 'node:test'
import { dropAccessClaim, readAccessClaim } from '../../../edge/cloudfront/access-claim.ts'
import { readCookies } from '../../../edge/cloudfront/pairs.ts'
import { findAccessError } from '../../../edge/cloudfront/viewer-access.ts'
import { signCloudFrontCookies } from '../../../signer/cloudfront/sign-cookies.ts'
import { type CloudFrontUrlOptions, signCloudFrontUrl } from '../../../signer/cloudfront/sign-url.ts'
import { createEcKey, createRsaKey, signingKeys, trustedKeys } from '../../edge/cloudfront/signing-keys.ts'

const url = 'https://img.example.com/private/a.jpg?width=800'
const resource = 'https://img.example.com/private/*'
const nowMs = Date.UTC(2026, 10, 23)
const expiresAt = new Date(nowMs + 3_600_000)

const kinds = (['KRSA', 'KEC'] as const).flatMap((keyPairId) =>
  ([undefined, 'SHA1', 'SHA256'] as const).map((algorithm) => ({ keyPairId, algorithm })),
)

function optionsOf({ keyPairId = 'KRSA' as keyof typeof signingKeys, ...more } = {}) {
  return { keyPairId, privateKey: signingKeys[keyPairId].privateKey, expiresAt, ...more }
}

function sign(options: Partial<CloudFrontUrlOptions> = {}) {
  return signCloudFrontUrl({ url, ...optionsOf(), ...options })
}

/** What a behaviour that trusts the keys says. */
function ask(asked: string, { cookies = '', ip = '203.0.113.7', at = nowMs } = {}) {
  const [, domain = '', path = '', query] = /^https?:\/\/([^/]+)([^?]+)(?:\?(.*))?$/.exec(asked) ?? []
  const claim = readAccessClaim(query, readCookies(cookies))
  return findAccessError(trustedKeys, claim, { domain, path, query: dropAccessClaim(query) ?? '' }, ip, at)
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

  for (const [what, options, message] of [
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

suite('signCloudFrontCookies', () => {
  for (const kind of kinds) {
    test(`signs with ${kind.keyPairId} by ${kind.algorithm ?? 'the default'}`, () => {
      const { values } = signCloudFrontCookies({ resource, ...optionsOf(kind), algorithm: kind.algorithm })
      const cookies = Object.entries(values).map((pair) => pair.join('='))
      assert.equal(ask(url, { cookies: cookies.join('; ') }), undefined)
      assert.equal(ask('https://img.example.com/other.jpg', { cookies: cookies.join('; ') }), 'AccessDenied')
    })
  }

  const cookies = signCloudFrontCookies({ resource, ...optionsOf() })

  test('writes a header for each, that ends with the signature', () => {
    const headers = cookies.toSetCookieHeaders({ domain: 'example.com', path: '/private/', sameSite: 'None' })
    assert.deepEqual(
      headers.map((header) => header.replace(/=.*?;/, '=…;')),
      ['Key-Pair-Id', 'Signature', 'Policy', 'Hash-Algorithm'].map(
        (name) =>
          `CloudFront-${name}=…; Domain=example.com; Path=/private/; Expires=Mon, 23 Nov 2026 01:00:00 GMT; Secure; HttpOnly; SameSite=None`,
      ),
    )
    for (const header of headers) assert.match(header, /^[\w-]+=[\w~-]+; /)
  })

  test('keeps them from scripts and plain HTTP unless told otherwise', () => {
    assert.match(
      cookies.toSetCookieHeaders()[0] ?? '',
      /; Path=\/; Expires=[^;]+; Secure; HttpOnly; SameSite=Lax$/,
    )
    assert.match(
      cookies.toSetCookieHeaders({ secure: false, httpOnly: false })[0] ?? '',
      /; Path=\/; Expires=[^;]+; SameSite=Lax$/,
    )
  })

  for (const attributes of [
    { domain: 'a.com; Path=/' },
    { path: '/a; Domain=b.com' },
    { path: 'a' },
    { sameSite: 'None', secure: false } as const,
    { sameSite: 'lax' as 'Lax' },
  ]) {
    test(`refuses ${JSON.stringify(attributes)}`, () => {
      assert.throws(() => cookies.toSetCookieHeaders(attributes), { message: /^expected / })
    })
  }
})
