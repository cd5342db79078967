import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { dropAccessClaim, readAccessClaim } from '../../../edge/cloudfront/access-claim.ts'
import { readCookies } from '../../../edge/cloudfront/pairs.ts'

const cookies = readCookies(
  'a=1; CloudFront-Policy=cp; CloudFront-Signature=cs; CloudFront-Key-Pair-Id=ck; CloudFront-Hash-Algorithm=SHA256',
)
const fromCookies = {
  keyId: 'ck',
  signature: 'cs',
  policy: 'cp',
  expires: undefined,
  hashAlgorithm: 'SHA256',
}

suite('readAccessClaim', () => {
  test('reads a signed URL, its parameters in any order and among others', () => {
    const query = 'Signature=s&width=1&Hash-Algorithm=SHA256&Key-Pair-Id=k&Expires=5&Policy=p'
    assert.deepEqual(readAccessClaim(query, {}), {
      keyId: 'k',
      signature: 's',
      policy: 'p',
      expires: '5',
      hashAlgorithm: 'SHA256',
    })
  })

  for (const query of [undefined, '', 'width=1', 'expires=1&KEY-PAIR-ID=k&CloudFront-Policy=p']) {
    test(`reads signed cookies where the query is ${query ?? 'not there'}`, () => {
      assert.deepEqual(readAccessClaim(query, cookies), fromCookies)
    })
  }

  for (const name of ['Expires', 'Policy', 'Signature', 'Key-Pair-Id', 'Hash-Algorithm']) {
    test(`does not look at cookies where the query holds ${name}`, () => {
      const claim = Object.values(readAccessClaim(`width=1&${name}=x`, cookies))
      assert.deepEqual(
        claim.filter((value) => value !== undefined),
        ['x'],
      )
    })
  }

  test('does not take the names of cookies in another case', () => {
    assert.equal(readAccessClaim('', readCookies('cloudfront-key-pair-id=k')).keyId, undefined)
  })

  test('takes the first of a repeated parameter and of a repeated cookie', () => {
    assert.equal(readAccessClaim('Key-Pair-Id=1&Key-Pair-Id=2', {}).keyId, '1')
    const repeated = readCookies('CloudFront-Key-Pair-Id=1; CloudFront-Key-Pair-Id=2')
    assert.equal(readAccessClaim('', repeated).keyId, '1')
  })
})

suite('dropAccessClaim', () => {
  const cases: readonly (readonly [query: string | undefined, left: string | undefined])[] = [
    [undefined, undefined],
    ['', ''],
    ['b=2&a=1', 'b=2&a=1'],
    ['Expires=1&Signature=2&Key-Pair-Id=3', undefined],
    ['b=2&Policy=x&a=%20+&Signature=&Key-Pair-Id&Hash-Algorithm=SHA1&b=3', 'b=2&a=%20+&b=3'],
    ['expires=1&Signature2=x&Policy=y', 'expires=1&Signature2=x'],
    ['Policy=1&Policy=2', undefined],
  ]
  for (const [query, left] of cases) {
    test(`leaves ${left ?? 'nothing'} of ${query ?? 'nothing'}`, () => {
      assert.equal(dropAccessClaim(query), left)
    })
  }
})
