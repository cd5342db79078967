import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type SignatureFault, signRequest, verifySignature } from '../../edge/signature-v4.ts'
import type { SignableRequest } from '../../edge/signed-request.ts'

/** The key pair of AWS's own documentation. */
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const signedAtMs = Date.parse('2013-05-24T00:00:00Z')
const signing = { credentials, region: 'us-east-1', signedAt: new Date(signedAtMs) }

/** Every character that encoders, signers and servers like to disagree about. */
const awkward = [...' +~\'"%()!*$&,;:@=?#[]{}|\\^`<>/._-é€😀日', '\u0000', '\n', '\u007f', '\u0301']

function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function verify(request: SignableRequest, { service = 's3', nowMs = signedAtMs, keys = credentials } = {}) {
  return verifySignature(request, { credentials: keys, service, now: () => nowMs })
}

async function sign(request: SignableRequest, service = 's3', keys = credentials): Promise<SignableRequest> {
  const added = await signRequest(request, { ...signing, credentials: keys, service })
  return { ...request, headers: { ...request.headers, ...added } }
}

function replaceHeaders(
  request: SignableRequest,
  headers: Record<string, string | undefined>,
): SignableRequest {
  return { ...request, headers: { ...request.headers, ...headers } }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and sigv4-query-string-auth.html */
const published = [
  {
    name: 'GET Object with a range',
    url: '/test.txt',
    headers: { range: 'bytes=0-9' },
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'GET Bucket Lifecycle, a parameter without value',
    url: '/?lifecycle',
    headers: {},
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'GET Bucket (List Objects), parameters to sort',
    url: '/?max-keys=2&prefix=J',
    headers: {},
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
]

describe('the examples AWS publishes', () => {
  for (const { name, url, headers, signature } of published) {
    const signedHeaders = ['host', ...Object.keys(headers), 'x-amz-content-sha256', 'x-amz-date']
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`
    const unsigned = {
      method: 'GET',
      url,
      headers: { host: 'examplebucket.s3.amazonaws.com', ...headers, 'x-amz-content-sha256': emptySha256 },
    }

    test(`verify: ${name}`, async () => {
      const request = replaceHeaders(unsigned, { 'x-amz-date': '20130524T000000Z', authorization })
      assert.deepEqual(await verify(request), { ok: true })
    })

    test(`are signed with the same signature: ${name}`, async () => {
      const added = await signRequest(unsigned, { ...signing, service: 's3' })
      assert.equal(added.authorization?.replaceAll(', ', ','), authorization)
      assert.equal(added['x-amz-date'], '20130524T000000Z')
    })
  }

  /** From AWS's Signature Version 4 test suite, whose service is named `service`: every service but s3 encodes what it receives. */
  for (const [name, url, signature] of [
    ['get-vanilla', '/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['get-utf8', '/ሴ', '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
    ['get-space', '/example space/', '652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741'],
  ] as const) {
    test(`verify: ${name}`, async () => {
      const keys = {
        accessKeyId: 'AKIDEXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      }
      const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`
      const headers = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z', authorization }
      const nowMs = Date.parse('2015-08-30T12:36:00Z')
      assert.deepEqual(await verify({ method: 'GET', url, headers }, { service: 'service', nowMs, keys }), {
        ok: true,
      })
    })
  }

  test('verify: a presigned GET, until a day later', async () => {
    const query =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404'
    const request = {
      method: 'GET',
      url: `/test.txt?${query}`,
      headers: { host: 'examplebucket.s3.amazonaws.com' },
    }
    assert.deepEqual(await verify(request), { ok: true })
    assert.deepEqual(await verify(request, { nowMs: signedAtMs + 86_400_000 }), { ok: true })
    const expectRefusal = async (changed: SignableRequest, code: SignatureFault, nowMs = signedAtMs) => {
      const verdict = await verify(changed, { nowMs })
      assert.equal(verdict.ok ? 'ok' : verdict.code, code, changed.url)
    }
    await expectRefusal(request, 'RequestTimeTooSkewed', signedAtMs + 86_401_000)
    const alter = (from: string | RegExp, to: string) => ({
      ...request,
      url: request.url.replace(from, to),
    })
    await expectRefusal(alter('/test.txt', '/other.txt'), 'SignatureDoesNotMatch')
    await expectRefusal(alter('86400', '86401'), 'SignatureDoesNotMatch')
    await expectRefusal(alter('86400', '604801'), 'AuthorizationHeaderMalformed')
    await expectRefusal(alter('&X-Amz-Expires=86400', ''), 'AuthorizationHeaderMalformed')
    await expectRefusal(alter(/$/, '&prefix=x'), 'SignatureDoesNotMatch')
    await expectRefusal(alter(/$/, '&X-Amz-Expires=86400'), 'AuthorizationHeaderMalformed')
    await expectRefusal(alter(/$/, '&x-amz-signature=x'), 'SignatureDoesNotMatch')
    await expectRefusal(replaceHeaders(request, { host: 'other' }), 'SignatureDoesNotMatch')
    await expectRefusal(replaceHeaders(request, { 'x-amz-acl': 'private' }), 'SignatureDoesNotMatch')
  })
})

describe('verifySignature', () => {
  const plain = { method: 'GET', url: '/bucket/a%20b.jpg?list-type=2', headers: { host: '127.0.0.1:9000' } }

  const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...awkward) }))
  const anyEncoder = fc.constantFrom(encodeURIComponent, encodeStrictly)

  for (const service of ['s3', 'lambda']) {
    test(`accepts for ${service} what signRequest signed, whatever is in path and query`, async () => {
      await fc.assert(
        fc.asyncProperty(anyText, anyText, anyText, anyEncoder, async (path, name, value, encode) => {
          fc.pre(!/^(x-amz-signature|__proto__)$/i.test(name))
          const url = `/${encode(path)}/x?${encode(name)}=${encode(value)}&b=2&b=1&a`
          const request = await sign({ ...plain, url }, service)
          assert.deepEqual(await verify(request, { service }), { ok: true })
          const otherKey = await verify({ ...request, url: url.replace('/x?', '/y?') }, { service })
          assert.equal(otherKey.ok, false)
          const otherValue = await verify({ ...request, url: url.replace('b=1', 'b=3') }, { service })
          assert.equal(otherValue.ok, false)
        }),
        { numRuns: 300 },
      )
    })
  }

  test('normalises the path for lambda and keeps it for s3, where every slash and dot is part of a key', async () => {
    for (const [service, ok] of [
      ['lambda', true],
      ['s3', false],
    ] as const) {
      const signed = await sign({ ...plain, url: '/bucket//a/./b' }, service)
      assert.equal((await verify({ ...signed, url: '/bucket/a/b' }, { service })).ok, ok)
    }
  })

  test('for s3, takes the path in whichever encoding the client wrote it', async () => {
    // AWS's PUT example has `/test$file.text` in its request line and `/test%24file.text` in its canonical request.
    const signed = await sign({ ...plain, url: "/test$file's.text" })
    for (const url of ['/test%24file%27s.text', '/test%24file%27s.tex%74', "/test%24file's.text"]) {
      assert.deepEqual(await verify({ ...signed, url }), { ok: true }, url)
    }
  })

  test('accepts any header as signed, and a header that is not signed', async () => {
    const signed = await sign(replaceHeaders(plain, { range: 'bytes=0-1', 'if-match': '"x"' }))
    assert.deepEqual(await verify(replaceHeaders(signed, { accept: '*/*' })), { ok: true })
    const changed = await verify(replaceHeaders(signed, { range: 'bytes=0-2' }))
    assert.equal(changed.ok ? 'ok' : changed.code, 'SignatureDoesNotMatch')
  })

  test('takes a session token only where the credentials have that very one', async () => {
    const withToken = { ...credentials, sessionToken: 'token-1' }
    const signed = await sign(plain, 's3', withToken)
    assert.equal(signed.headers['x-amz-security-token'], 'token-1')
    assert.deepEqual(await verify(signed, { keys: withToken }), { ok: true })
    for (const [request, keys] of [
      [signed, credentials],
      [await sign(plain), withToken],
      [replaceHeaders(signed, { 'x-amz-security-token': 'token-2' }), withToken],
    ] as const) {
      const verdict = await verify(request, { keys })
      assert.equal(verdict.ok ? 'ok' : verdict.code, 'InvalidAccessKeyId')
    }
  })

  const minute = 60_000
  for (const [offsetMs, ok] of [
    [15 * minute, true],
    [-15 * minute, true],
    [15 * minute + 1, false],
    [-15 * minute - 1, false],
  ] as const) {
    test(`${ok ? 'accepts' : 'refuses'} a clock ${offsetMs} ms ahead of the signature`, async () => {
      const verdict = await verify(await sign(plain), { nowMs: signedAtMs + offsetMs })
      assert.equal(verdict.ok ? 'ok' : verdict.code, ok ? 'ok' : 'RequestTimeTooSkewed')
    })
  }

  type Change = (request: SignableRequest) => SignableRequest
  const editAuthorization =
    (from: string | RegExp, to: string | ((match: string) => string)): Change =>
    (request) => {
      const before = String(request.headers.authorization)
      const authorization = before.replace(from, typeof to === 'string' ? () => to : to)
      assert.notEqual(authorization, before, 'the edit changed nothing')
      return replaceHeaders(request, { authorization })
    }
  const refusals: [name: string, code: SignatureFault, change: Change][] = [
    ['no signature', 'MissingAuthenticationToken', (r) => replaceHeaders(r, { authorization: undefined })],
    ['another method', 'SignatureDoesNotMatch', (r) => ({ ...r, method: 'HEAD' })],
    ['broken percent-encoding', 'SignatureDoesNotMatch', (r) => ({ ...r, url: '/bucket/%zz' })],
    ['a changed host', 'SignatureDoesNotMatch', (r) => replaceHeaders(r, { host: 'elsewhere' })],
    ['an unsigned x-amz header', 'SignatureDoesNotMatch', (r) => replaceHeaders(r, { 'x-amz-meta-a': 'b' })],
    [
      'an x-amz-signature in the query',
      'SignatureDoesNotMatch',
      (r) => ({ ...r, url: `${r.url}&X-amz-signature=1` }),
    ],
    ['__proto__ in the query', 'SignatureDoesNotMatch', (r) => ({ ...r, url: `${r.url}&__proto__=1` })],
    [
      'the hash of another body',
      'SignatureDoesNotMatch',
      (r) => replaceHeaders(r, { 'x-amz-content-sha256': 'f'.repeat(64) }),
    ],
    [
      'no hash of the body',
      'SignatureDoesNotMatch',
      (r) => replaceHeaders(r, { 'x-amz-content-sha256': undefined }),
    ],
    ['another access key', 'InvalidAccessKeyId', editAuthorization('AKIA', 'BKIA')],
    ['another region', 'SignatureDoesNotMatch', editAuthorization('us-east-1', 'eu-west-1')],
    ['another service', 'AuthorizationHeaderMalformed', editAuthorization('/s3/', '/lambda/')],
    ['another day in the scope', 'AuthorizationHeaderMalformed', editAuthorization('20130524', '20130523')],
    ['another algorithm', 'AuthorizationHeaderMalformed', editAuthorization('HMAC-SHA256', 'HMAC-SHA1')],
    ['no signed headers', 'AuthorizationHeaderMalformed', editAuthorization(/SignedHeaders=[^,]*/, '')],
    ['host not among the signed headers', 'SignatureDoesNotMatch', editAuthorization('host;', '')],
    [
      'a prototype name as header',
      'AuthorizationHeaderMalformed',
      editAuthorization('host;', '__proto__;host;'),
    ],
    ['constructor as header', 'SignatureDoesNotMatch', editAuthorization('host;', 'constructor;host;')],
    ['a header twice', 'AuthorizationHeaderMalformed', editAuthorization('host;', 'host;host;')],
    [
      'a signed header that is not there',
      'SignatureDoesNotMatch',
      editAuthorization('host;', 'accept;host;'),
    ],
    ['a short signature', 'AuthorizationHeaderMalformed', editAuthorization(/.$/, '')],
    ['a wrong last digit', 'SignatureDoesNotMatch', editAuthorization(/.$/, (d) => (d === '0' ? '1' : '0'))],
    ['Basic', 'AuthorizationHeaderMalformed', editAuthorization(/^.*$/, 'Basic QUtJQTpzZWNyZXQ=')],
    ['an empty header', 'AuthorizationHeaderMalformed', editAuthorization(/^.*$/, '')],
    ['no date', 'AuthorizationHeaderMalformed', (r) => replaceHeaders(r, { 'x-amz-date': undefined })],
    [
      'no such date',
      'AuthorizationHeaderMalformed',
      (r) => replaceHeaders(r, { 'x-amz-date': '20130532T000000Z' }),
    ],
    ['another time', 'SignatureDoesNotMatch', (r) => replaceHeaders(r, { 'x-amz-date': '20130524T000001Z' })],
  ]
  for (const [name, code, change] of refusals) {
    test(`refuses ${name} as ${code}`, async () => {
      const signed = await sign(plain)
      assert.deepEqual(await verify(signed), { ok: true })
      const verdict = await verify(change(signed))
      assert.equal(verdict.ok ? 'ok' : verdict.code, code)
    })
  }

  test('refuses another secret, and its message tells neither secret nor expected signature', async () => {
    const keys = { ...credentials, secretAccessKey: 'another' }
    const expected = String((await sign(plain)).headers.authorization).slice(-64)
    const verdict = await verify(await sign(plain, 's3', keys))
    assert.equal(verdict.ok ? 'ok' : verdict.code, 'SignatureDoesNotMatch')
    assert.equal(JSON.stringify(verdict).includes(expected), false)
    assert.equal(JSON.stringify(verdict).includes(credentials.secretAccessKey), false)
  })

  test('takes UNSIGNED-PAYLOAD for s3 and refuses it for lambda, which knows no unsigned payloads', async () => {
    const request = replaceHeaders(plain, { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' })
    assert.deepEqual(await verify(await sign(request)), { ok: true })
    const verdict = await verify(await sign(request, 'lambda'), { service: 'lambda' })
    assert.equal(verdict.ok ? 'ok' : verdict.code, 'SignatureDoesNotMatch')
  })

  test('never throws and never accepts for whatever stands in the Authorization header', async () => {
    const signed = await sign(plain)
    const parts = String(signed.headers.authorization).split(/(?<=[ ,;=/])/)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(parts), fc.string(), async (chosen, noise) => {
        const authorization = chosen.join('') + noise
        fc.pre(authorization !== parts.join(''))
        const verdict = await verify(replaceHeaders(signed, { authorization }))
        assert.equal(verdict.ok, false)
      }),
      { numRuns: 500 },
    )
  })
})
