import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { signCloudFrontCookies } from '../../../signer/cloudfront/sign-cookies.ts'
import { ask, expiresAt, kinds, optionsOf, resource, url } from './asking.ts'

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

  test('has the browser forget them when it is closed, if told so', () => {
    const [header = ''] = cookies.toSetCookieHeaders({ session: true })
    assert.match(header, /^CloudFront-[\w-]+=[\w~-]+; Path=\/; Secure; HttpOnly; SameSite=Lax$/)
  })

  test('refuses an end that is over, and a resource that no browser sends so', () => {
    const signing = { resource, ...optionsOf() }
    assert.throws(() => signCloudFrontCookies({ ...signing, now: () => expiresAt.getTime() }), {
      message: /for expiresAt/,
    })
    assert.throws(() => signCloudFrontCookies({ ...signing, resource: 'https://a.com/é/*' }), {
      message: /^expected https:\/\/HOST\/PATH, percent-encoded, .* for resource/,
    })
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
