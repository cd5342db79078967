import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { getSignedCookies, getSignedUrl } from '@aws-sdk/cloudfront-signer'
import { dropAccessClaim, readAccessClaim } from '../../../edge/cloudfront/access-claim.ts'
import { readCookies } from '../../../edge/cloudfront/pairs.ts'
import { findAccessError } from '../../../edge/cloudfront/viewer-access.ts'
import { createRsaKey, signingKeys, trustedKeys } from './signing-keys.ts'

const startsAt = 1_700_000_000
const nowMs = (startsAt + 500) * 1000
const endsAt = startsAt + 1000
const plain = 'https://d111.cloudfront.net/private/a.jpg'

type KeyId = keyof typeof signingKeys
type Options = { url?: string; keyId?: KeyId; algorithm?: 'SHA1' | 'SHA256' }

function signerOf({ keyId = 'KRSA', algorithm }: Options) {
  return { keyPairId: keyId, privateKey: signingKeys[keyId].privateKey, algorithm }
}

const inMs = (seconds: number) => new Date(seconds * 1000)

function signCanned({ url = plain, ...options }: Options = {}): string {
  return getSignedUrl({ url, dateLessThan: inMs(endsAt), ...signerOf(options) })
}

function signCustom(policy: unknown, { url = plain, ...options }: Options = {}): string {
  return getSignedUrl({ url, policy: JSON.stringify(policy), ...signerOf(options) })
}

function policyFor(resource: string | undefined, more: object = {}) {
  const Condition = { DateLessThan: { 'AWS:EpochTime': endsAt }, ...more }
  return { Statement: [{ Resource: resource, Condition }] }
}

interface Asking {
  cookies?: object
  ip?: string
  nowMs?: number
}

/** What a viewer that asks for `url` is told, through what the edge reads of its request. */
function ask(url: string, asking: Asking = {}) {
  const [, domain = '', path = '', sent] = /^https?:\/\/([^/]+)([^?]+)(?:\?(.*))?$/.exec(url) ?? []
  const header = Object.entries(asking.cookies ?? {}).map(([name, value]) => `${name}=${value}`)
  return findAccessError(
    trustedKeys,
    readAccessClaim(sent, readCookies(header.join('; '))),
    { domain, path, query: dropAccessClaim(sent) ?? '' },
    asking.ip ?? '203.0.113.7',
    asking.nowMs ?? nowMs,
  )
}

const kinds = (['KRSA', 'KEC'] as const).flatMap((keyId) =>
  ([undefined, 'SHA1', 'SHA256'] as const).map((algorithm) => ({ keyId, algorithm })),
)

suite('findAccessError of what @aws-sdk/cloudfront-signer signs', () => {
  for (const kind of kinds) {
    test(`lets a canned URL pass, by ${kind.keyId} with ${kind.algorithm ?? 'the default'}`, () => {
      assert.equal(ask(signCanned(kind)), undefined)
    })

    test(`lets a custom URL pass, by ${kind.keyId} with ${kind.algorithm ?? 'the default'}`, () => {
      assert.equal(ask(signCustom(policyFor('https://d111.cloudfront.net/private/*'), kind)), undefined)
    })

    test(`lets canned cookies pass, by ${kind.keyId} with ${kind.algorithm ?? 'the default'}`, () => {
      const cookies = getSignedCookies({ url: plain, dateLessThan: inMs(endsAt), ...signerOf(kind) })
      assert.equal(ask(plain, { cookies }), undefined)
      assert.equal(ask(`${plain}2`, { cookies }), 'AccessDenied')
    })

    test(`lets custom cookies pass, by ${kind.keyId} with ${kind.algorithm ?? 'the default'}`, () => {
      const policy = JSON.stringify(policyFor('https://d111.cloudfront.net/private/*'))
      const cookies = getSignedCookies({ policy, ...signerOf(kind) })
      assert.equal(ask(`${plain}?width=100`, { cookies }), undefined)
      assert.equal(ask('https://d111.cloudfront.net/a.jpg', { cookies }), 'AccessDenied')
    })
  }

  for (const url of [
    `${plain}?width=10&height=20`,
    'https://h:8080/private/caf%C3%A9%20b.jpg',
    'http://h/a',
  ]) {
    test(`lets ${url} pass as it was signed, and with its scheme changed`, () => {
      const signed = signCanned({ url })
      assert.equal(ask(signed), undefined)
      assert.equal(ask(signed.replace(/^https?/, 'http')), undefined)
    })
  }

  test('lets own parameters behind the signature pass where they were signed so', () => {
    const [base = '', query = ''] = signCanned({ url: `${plain}?width=10` }).split('?')
    assert.equal(ask(`${base}?${query.split('&').reverse().join('&')}`), undefined)
  })

  const changes: readonly (readonly [what: string, change: (url: string) => string])[] = [
    ['another path', (url) => url.replace('a.jpg', 'b.jpg')],
    ['another host', (url) => url.replace('d111', 'd222')],
    ['another port', (url) => url.replace('.net', '.net:8080')],
    ['a parameter more', (url) => `${url}&height=1`],
    ['a parameter’s other value', (url) => url.replace('width=10', 'width=11')],
    ['another spelling of the path', (url) => url.replace('a.jpg', '%61.jpg')],
    ['a later end', (url) => url.replace(/Expires=\d+/, `Expires=${endsAt + 1}`)],
    ['the other hash', (url) => `${url}&Hash-Algorithm=SHA256`],
    ['a hash that is not known', (url) => `${url}&Hash-Algorithm=MD5`],
    ['another trusted key’s id', (url) => url.replace('KRSA', 'KOTHER')],
    ['an id of a key of another kind', (url) => url.replace('KRSA', 'KEC')],
  ]
  for (const [what, change] of changes) {
    test(`denies ${what}`, () => {
      const signed = signCanned({ url: `${plain}?width=10` })
      assert.notEqual(change(signed), signed)
      assert.equal(ask(change(signed)), 'AccessDenied')
    })
  }

  test('denies what was signed by a key that is not trusted, under an id that is', () => {
    const { privateKey } = createRsaKey()
    const signer = { keyPairId: 'KRSA', privateKey }
    const url = getSignedUrl({ url: plain, dateLessThan: inMs(endsAt), ...signer })
    assert.equal(ask(url), 'AccessDenied')
  })

  test('denies at the end and after it, canned and custom', () => {
    for (const url of [signCanned(), signCustom(policyFor(plain))]) {
      assert.equal(ask(url, { nowMs: endsAt * 1000 - 1 }), undefined)
      assert.equal(ask(url, { nowMs: endsAt * 1000 }), 'AccessDenied')
      assert.equal(ask(url, { nowMs: endsAt * 1000 + 1 }), 'AccessDenied')
    }
  })

  test('denies until the start', () => {
    const dates = { dateLessThan: inMs(endsAt), dateGreaterThan: inMs(startsAt) }
    const url = getSignedUrl({ url: plain, ...dates, ...signerOf({}) })
    assert.match(url, /Policy=/)
    assert.equal(ask(url, { nowMs: startsAt * 1000 }), 'AccessDenied')
    assert.equal(ask(url, { nowMs: startsAt * 1000 + 1 }), undefined)
  })

  test('denies viewers outside the range of addresses', () => {
    const url = getSignedUrl({
      url: plain,
      dateLessThan: inMs(endsAt),
      ipAddress: '192.0.2.0/24',
      ...signerOf({}),
    })
    assert.equal(ask(url, { ip: '192.0.2.7' }), undefined)
    assert.equal(ask(url, { ip: '::ffff:192.0.2.7' }), undefined)
    assert.equal(ask(url, { ip: '192.0.3.7' }), 'AccessDenied')
    assert.equal(ask(url, { ip: '2001:db8::7' }), 'AccessDenied')
  })

  test('lets everything pass that a policy without a resource is asked for', () => {
    assert.equal(ask(signCustom(policyFor(undefined))), undefined)
  })

  test('compares the resource of a custom policy with the URL', () => {
    const url = signCustom(policyFor('https://d111.cloudfront.net/public/*'))
    assert.equal(ask(url), 'AccessDenied')
  })

  test('denies a policy that was changed after it was signed', () => {
    const wider = Buffer.from(JSON.stringify(policyFor('*')))
      .toString('base64')
      .replace(/=/g, '_')
    const url = signCustom(policyFor('https://d111.cloudfront.net/public/*'))
    const tampered = url.replace(/Policy=[^&]+/, `Policy=${wider}`)
    assert.notEqual(tampered, url)
    assert.equal(ask(tampered), 'AccessDenied')
  })

  test('prefers the policy where an Expires is there as well', () => {
    assert.equal(ask(`${signCustom(policyFor(plain))}&Expires=${endsAt}`), undefined)
  })

  test('decides by a signed URL alone where cookies are there as well', () => {
    const cookies = getSignedCookies({ url: plain, dateLessThan: inMs(endsAt), ...signerOf({}) })
    assert.equal(ask(plain, { cookies }), undefined)
    assert.equal(ask(`${plain}?Expires=${endsAt}`, { cookies }), 'MissingKey')
    const other = signCanned({ url: 'https://d111.cloudfront.net/b.jpg' }).split('?')[1]
    assert.equal(ask(`${plain}?${other}`, { cookies }), 'AccessDenied')
  })
})

suite('findAccessError', () => {
  const cases: readonly (readonly [what: string, change: (url: string) => string, expected: string])[] = [
    ['no parameter at all', () => plain, 'MissingKey'],
    ['no key id', (url) => url.replace(/&Key-Pair-Id=\w+/, ''), 'MissingKey'],
    ['an empty key id', (url) => url.replace(/Key-Pair-Id=\w+/, 'Key-Pair-Id='), 'MissingKey'],
    ['a key id that is not trusted', (url) => url.replace('KRSA', 'KNONE'), 'InvalidKey'],
    ['the name of a property as key id', (url) => url.replace('KRSA', 'constructor'), 'InvalidKey'],
    ['no signature', (url) => url.replace(/&Signature=[^&]+/, ''), 'MalformedSignature'],
    [
      'a signature in plain base64',
      (url) => url.replace(/Signature=[^&]+/, 'Signature=a+/='),
      'MalformedSignature',
    ],
    ['a short signature', (url) => url.replace(/Signature=[^&]+/, 'Signature=YWJj'), 'AccessDenied'],
    ['neither Expires nor Policy', (url) => url.replace(/Expires=\d+&/, ''), 'MalformedPolicy'],
    ['an Expires that is no time', (url) => url.replace(/Expires=\d+/, 'Expires=1e9'), 'MalformedPolicy'],
    ['an empty Policy', (url) => `${url}&Policy=`, 'MalformedPolicy'],
    ['a Policy in plain base64', (url) => `${url}&Policy=a+/=`, 'MalformedPolicy'],
  ]
  for (const [what, change, expected] of cases) {
    test(`answers ${expected} to ${what}`, () => {
      const signed = signCanned()
      assert.notEqual(change(signed), signed)
      assert.equal(ask(change(signed)), expected)
    })
  }

  for (const name of ['CloudFront-Key-Pair-Id', 'CloudFront-Signature', 'CloudFront-Expires'] as const) {
    test(`refuses cookies without ${name}`, () => {
      const cookies = getSignedCookies({ url: plain, dateLessThan: inMs(endsAt), ...signerOf({}) })
      assert(name in cookies)
      const { [name]: _gone, ...others } = cookies
      assert.match(String(ask(plain, { cookies: others })), /^Missing|^Malformed/)
    })
  }

  test('takes an end in milliseconds, rightly signed, for a malformed policy', () => {
    const url = getSignedUrl({ url: plain, dateLessThan: inMs(endsAt * 1000), ...signerOf({}) })
    assert.equal(ask(url), 'MalformedPolicy')
    const inMilliseconds = { DateLessThan: { 'AWS:EpochTime': endsAt * 1000 } }
    assert.equal(ask(signCustom(policyFor(plain, inMilliseconds))), 'MalformedPolicy')
  })

  test('looks at the signature before what was signed', () => {
    const malformed = signCustom({ Statement: [{ Resource: plain, Condition: {} }] })
    assert.equal(ask(malformed), 'MalformedPolicy')
    assert.equal(ask(malformed.replace('KRSA', 'KOTHER')), 'AccessDenied')
  })
})
