import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type VerifyOptions, verifyUrl } from '../../signer/verify-url.ts'
import { askEdge, kid, now, nowMs, secret, testSigner } from './test-signer.ts'

const signer = testSigner()
const signed = signer.signUrl('café/a b.jpg', { width: 800, quality: 80, preset: 'card', version: 'V1' })

function verify(url: string, options: Partial<VerifyOptions> = {}) {
  return verifyUrl(url, { secrets: { [kid]: secret }, now, ...options })
}

/** The code of a refusal; undefined where there is none. */
function codeOf(url: string, options?: Partial<VerifyOptions>): string | undefined {
  const verification = verify(url, options)
  return verification.ok ? undefined : verification.code
}

suite('verifyUrl', () => {
  test('tells key, parameters, kid and end of a URL that is right, whatever its preset', () => {
    assert.deepEqual(verify(signed), {
      ok: true,
      key: 'café/a b.jpg',
      parameters: { width: 800, quality: 80, preset: 'card', version: 'V1' },
      kid: 'k1',
      expiresAt: new Date('2026-11-24T09:00:00Z'),
    })
  })

  test('gives back what can be signed again', () => {
    const verification = verify(signed)
    assert.ok(verification.ok)
    assert.equal(signer.signUrl(verification.key, verification.parameters), signed)
  })

  for (const [what, respelt] of [
    ['path and query alone', signed.replace(/^https:\/\/[^/]+/, '')],
    ['a fragment', `${signed}#part`],
    ['other case', signed.replace('width', 'WIDTH').replace('card', 'CARD')],
    ['an alias', signed.replace('width', 'w').replace('quality', 'q')],
    ['another order', signed.replace(/\?(width=800)&(.*)$/, '?$2&$1')],
    ['a tracking parameter', `${signed}&utm_source=x`],
    ['other escapes', signed.replace('a%20b', '%61%20%62').replace('%C3%A9', '%c3%a9')],
    ['the key as a parameter', signed.replace(/\/caf.*\?/, '/?key=caf%C3%A9/a+b.jpg&')],
  ] as const) {
    test(`does not mind ${what}, as the edge does not`, () => {
      assert.equal(codeOf(respelt), undefined)
      assert.equal(askEdge(respelt).refusal, undefined)
    })
  }

  for (const [what, changed, code] of [
    ['another key', signed.replace('.jpg', '.png'), 'signature-wrong'],
    ['another width', signed.replace('800', '801'), 'signature-wrong'],
    ['a parameter more', `${signed}&height=80`, 'signature-wrong'],
    ['a parameter less', signed.replace('&quality=80', ''), 'signature-wrong'],
    ['another preset', signed.replace('card', 'hero'), 'signature-wrong'],
    ['a later end', signed.replace(/exp=\d+/, `exp=${nowMs / 1000 + 90_000}`), 'signature-wrong'],
    ['an end that is over', signed.replace(/exp=\d+/, 'exp=1700000000'), 'signature-expired'],
    ['an end too far ahead', signed.replace(/exp=\d+/, 'exp=9900000000'), 'signature-too-far'],
    ['an unknown kid', signed.replace('kid=k1', 'kid=k2'), 'signature-unknown-key'],
    ['a kid of every object', signed.replace('kid=k1', 'kid=constructor'), 'signature-unknown-key'],
    ['no kid', signed.replace('&kid=k1', ''), 'signature-malformed'],
    ['half a signature', signed.slice(0, -5), 'signature-malformed'],
    ['no signature', signed.replace(/&exp.*$/, ''), 'needs-signature'],
    ['a preset that is no name', signed.replace('card', 'a%20b'), 'bad-value'],
    ['a bad width', signed.replace('800', '99999'), 'bad-value'],
    ['a repeated parameter', `${signed}&w=800`, 'repeated'],
    ['no key', `/?${signed.split('?')[1]}`, 'bad-key'],
    ['another key beside it', `${signed}&key=b.jpg`, 'contradiction'],
  ] as const) {
    test(`refuses ${what} with ${code}`, () => assert.equal(codeOf(changed), code))
  }

  test('takes a look-up for the secrets', () => {
    assert.equal(codeOf(signed, { secrets: (id) => (id === kid ? secret : undefined) }), undefined)
    assert.equal(codeOf(signed, { secrets: () => undefined }), 'signature-unknown-key')
  })

  test('knows how long a signature may live, and how far clocks may differ', () => {
    const end = Date.parse('2026-11-24T09:00:00Z')
    assert.equal(codeOf(signed, { now: () => end + 59_000 }), undefined)
    assert.equal(codeOf(signed, { now: () => end + 61_000 }), 'signature-expired')
    assert.equal(codeOf(signed, { now: () => end + 61_000, clockSkewSeconds: 120 }), undefined)
    assert.equal(codeOf(signed, { maxLifetimeSeconds: 3600 }), 'signature-too-far')
  })

  for (const [what, options] of [
    ['a lifetime', { maxLifetimeSeconds: Number.NaN }],
    ['a lifetime', { maxLifetimeSeconds: 0 }],
    ['a difference of clocks', { clockSkewSeconds: '60' as unknown as number }],
    ['a difference of clocks', { clockSkewSeconds: -1 }],
    ['a clock', { now: () => Number.NaN }],
  ] as const) {
    test(`does not judge by ${what} that is ${JSON.stringify(options)}`, () => {
      assert.throws(
        () => verify(signed.replace(/exp=\d+/, 'exp=1'), options),
        /^Error: expected a .* for \w+ but/,
      )
    })
  }

  test('takes clocks that do not differ at all', () => {
    assert.equal(codeOf(signed, { clockSkewSeconds: 0 }), undefined)
  })

  for (const url of [undefined, new URL(signed)]) {
    test(`says that a text is needed where it is given ${typeof url}`, () => {
      assert.throws(() => verify(url as unknown as string), /^Error: expected a text for url but received/)
    })
  }

  test('does not take a look-up that has to be waited for', () => {
    const secrets = (async () => secret) as unknown as VerifyOptions['secrets']
    assert.throws(() => verify(signed, { secrets }), { code: 'weak-secret', message: /no text/ })
  })

  for (const weak of ['x'.repeat(50), 'hunter2']) {
    test(`refuses to trust the secret of ${weak.length} characters, without a word of it`, () => {
      assert.throws(
        () => verify(signed, { secrets: { [kid]: weak } }),
        ({ code, message }) => code === 'weak-secret' && !message.includes(weak),
      )
    })
  }

  test('shows no secret in what it tells', () => {
    for (const url of [signed, `${signed}x`, signed.replace('800', '801')]) {
      assert.ok(!JSON.stringify(verify(url)).includes(secret))
    }
  })
})
