import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { suite, test } from 'node:test'
import type { RequestParameters } from '../../grammar/parameters.ts'
import { computeSignature, equalTexts, formatSignedText, minSecretLength } from '../../grammar/signature.ts'
import { decideUrl, now, otherSecret, type Signing, secret, signUrl, verdictOf } from './decision.ts'
import { canonicalOf, checkRejection, settings } from './url-outcome.ts'

const signed = { ...settings, access: [['', 'signed']] as const }

/** What is signed of each request, written out. */
const texts: readonly (readonly [name: string, key: string, named: RequestParameters, text: string])[] = [
  ['nothing but a key', 'x.jpg', {}, 'fovea1\nx.jpg\n\n1700000000\nmain'],
  [
    'parameters in the order of the table',
    'p/x.jpg',
    { quality: 80, width: 800, fit: 'contain', height: 600 },
    'fovea1\np/x.jpg\nwidth=800&height=600&fit=contain&quality=80\n1700000000\nmain',
  ],
  [
    'a key in tilde encoding',
    'café/a+b~1 \n.jpg',
    { width: 'auto' },
    'fovea1\ncaf~C3~A9/a~2Bb~7E1~20~0A.jpg\nwidth=auto\n1700000000\nmain',
  ],
  [
    'what never reaches a canonical URL',
    'x.jpg',
    { width: 100, dpr: 1.5, aspect: '16-9', preset: 'card', embed: 'any', version: 'a.b' },
    'fovea1\nx.jpg\nwidth=100&aspect=16-9&dpr=1.5&preset=card&version=a.b&embed=any\n1700000000\nmain',
  ],
  [
    'what has no effect',
    'x.jpg',
    { gravity: 'north', fit: 'cover', quality: 'auto', format: 'auto' },
    'fovea1\nx.jpg\nfit=cover&gravity=north&format=auto&quality=auto\n1700000000\nmain',
  ],
]

suite('formatSignedText', () => {
  for (const [name, key, named, text] of texts) {
    test(`writes ${name}`, () => {
      const proven = { ...named, exp: '1700000000', kid: 'main' }
      assert.equal(formatSignedText(key, proven), text)
      assert.equal(formatSignedText(key, { ...proven, sig: 'any' }), text)
    })
  }
})

suite('computeSignature', () => {
  test('is HMAC-SHA256 in base64url', () => {
    for (const [, , , text] of texts) {
      const expected = createHmac('sha256', secret).update(text, 'utf8').digest('base64url')
      assert.equal(computeSignature(secret, text), expected)
      assert.match(expected, /^[\w-]{43}$/)
    }
  })

  // Computed with `openssl dgst -sha256 -hmac`: what other languages must give.
  test('is what OpenSSL computes', () => {
    const text = 'fovea1\nx.jpg\nwidth=800\n1700000000\nmain'
    assert.equal(computeSignature(secret, text), 'dKyUW1KwBCRSw7-g6rOEirfCQ2zHmhy-sCkkA4-VLCU')
  })
})

suite('equalTexts', () => {
  const right = 'abcdefgh'
  for (const given of [
    '',
    'a',
    'abcdefg',
    'abcdefgi',
    'bbcdefgh',
    'abcdefghi',
    'abcdefghabcdefgh',
    'ABCDEFGH',
  ]) {
    test(`tells ${given || 'nothing'} from ${right}`, () =>
      assert.equal(equalTexts(given, right, form), false))
  }
  test('knows the same', () => assert.equal(equalTexts(right, right, form), true))
})

/** A signature that is one by its form. */
const form = 'A'.repeat(43)
const exp = now + 100

suite('a claim is malformed', () => {
  const claims: readonly string[] = [
    // One or two of the three.
    `exp=${exp}`,
    'kid=main',
    `sig=${form}`,
    `exp=${exp}&kid=main`,
    `exp=${exp}&sig=${form}`,
    `kid=main&sig=${form}`,
    `exp=&kid=main&sig=${form}`,
    `exp=${exp}&kid=&sig=${form}`,
    `exp=${exp}&kid=main&sig=`,
    ...['0', '01', '-1', '+1', '1.5', '1e9', '0x1', 'tomorrow', '%20', '1%20', '999999999999', '٣'].map(
      (each) => `exp=${each}&kid=main&sig=${form}`,
    ),
    ...['Main', 'a_b', 'a/b', 'a.b', 'x'.repeat(33), 'main%20', '%20', 'é', '..', 'explain%20x'].map(
      (each) => `exp=${exp}&kid=${each}&sig=${form}`,
    ),
    ...[form.slice(1), `${form}A`, `${form.slice(1)}%2B`, `${form.slice(1)}/`, `${form.slice(1)}=`].map(
      (each) => `exp=${exp}&kid=main&sig=${each}`,
    ),
    // A separator within one does not make up for another.
    `exp=${exp}+main&kid=${form}`,
    `exp=${exp}&kid=main+${form}&sig=`,
  ]
  for (const claim of claims) {
    test(`with ${claim}`, () => {
      for (const mode of ['open', 'bounded', 'signed'] as const) {
        const decision = decideUrl(`/x.jpg?w=80&${claim}`, {
          settings: { ...settings, access: [['', mode]] },
        })
        const { status, code, parameter, received } = checkRejection(decision.refusal)
        assert.deepEqual([status, code, parameter], [403, 'signature-malformed', 'sig'])
        assert.equal(received, new URLSearchParams(claim).get('kid') ?? '')
        // Without it the store is not asked.
        assert.equal(decision.kid, undefined)
      }
    })
  }

  test('but not where all three are empty, which is no claim', () => {
    assert.equal(verdictOf('/x.jpg?exp=&kid=&sig='), canonicalOf('/x.jpg'))
    assert.equal(verdictOf('/x.jpg?exp=&kid=&sig=', { settings: signed }), 'refused: 403 needs-signature')
  })
})

suite('a signature', () => {
  const url = '/x.jpg?w=801'
  const lifetime = settings.lifetime
  const skew = settings.skew
  const fine = canonicalOf(url)

  const instants: readonly (readonly [what: string, exp: number, verdict: string])[] = [
    ['in an hour', now + 3600, fine],
    ['now', now, fine],
    ['as long ago as clocks may differ', now - skew, fine],
    ['a second longer ago', now - skew - 1, 'refused: 403 signature-expired'],
    ['in 1970', 1, 'refused: 403 signature-expired'],
    ['after a whole lifetime', now + lifetime, fine],
    ['after a lifetime and as much as clocks may differ', now + lifetime + skew, fine],
    ['a second later', now + lifetime + skew + 1, 'refused: 403 signature-too-far'],
    ['in milliseconds', now * 10, 'refused: 403 signature-too-far'],
    ['at the last instant that is read', 99_999_999_999, 'refused: 403 signature-too-far'],
  ]
  for (const [what, end, verdict] of instants) {
    test(`that ends ${what} is ${verdict === fine ? 'taken' : verdict}`, () => {
      assert.equal(verdictOf(signUrl(url, { exp: end }), { settings: signed }), verdict)
    })
  }

  test('ends at a fraction of a second as the clock has it', () => {
    const last = signUrl(url, { exp: now - skew })
    assert.equal(verdictOf(last, { settings: signed, now: now + 0.001 }), 'refused: 403 signature-expired')
    const first = signUrl(url, { exp: now + lifetime + skew })
    assert.equal(verdictOf(first, { settings: signed, now: now - 0.001 }), 'refused: 403 signature-too-far')
  })

  const held: readonly (readonly [what: string, secret: string | undefined, verdict: string])[] = [
    ['the secret', secret, fine],
    ['another secret', otherSecret, 'refused: 403 signature-wrong'],
    ['no such key', '', 'refused: 403 signature-unknown-key'],
    ['nothing that can be read', undefined, 'refused: 403 signature-no-store'],
    ['a secret of one character', 'x', 'refused: 403 signature-no-key'],
    ['a secret that is a character short', 'x'.repeat(minSecretLength - 1), 'refused: 403 signature-no-key'],
    ['the secret and a line end', `${secret}\n`, 'refused: 403 signature-wrong'],
  ]
  for (const [what, stored, verdict] of held) {
    test(`is ${verdict === fine ? 'taken' : verdict} where the store holds ${what}`, () => {
      for (const mode of ['open', 'bounded', 'signed'] as const) {
        const asked = { settings: { ...settings, access: [['', mode]] as const }, secret: stored }
        assert.equal(verdictOf(signUrl(url), asked), verdict)
      }
    })
  }

  test('with a secret that is too short proves nothing, although it is right', () => {
    const short = 'x'.repeat(minSecretLength - 1)
    const asked = { settings: signed, secret: short }
    assert.equal(verdictOf(signUrl(url, { secret: short }), asked), 'refused: 403 signature-no-key')
    const least = { settings: signed, secret: `${short}x` }
    assert.equal(verdictOf(signUrl(url, { secret: `${short}x` }), least), fine)
  })

  const forged: readonly (readonly [what: string, forge: (sig: string) => string])[] = [
    ['its first character changed', (sig) => (sig.startsWith('A') ? 'B' : 'A') + sig.slice(1)],
    ['its last character changed', (sig) => sig.slice(0, -1) + (sig.endsWith('A') ? 'E' : 'A')],
    // The last of 43 characters has two bits to spare, which a lenient decoder would not look at.
    ['the spare bits of its last character changed', (sig) => sig.slice(0, -1) + flipSpareBit(sig)],
    ['its case changed', (sig) => swapCase(sig)],
  ]
  for (const [what, forge] of forged) {
    test(`is wrong with ${what}`, () => {
      const [before = '', sig = ''] = signUrl(url).split('&sig=')
      assert.notEqual(forge(sig), sig)
      assert.equal(
        verdictOf(`${before}&sig=${forge(sig)}`, { settings: signed }),
        'refused: 403 signature-wrong',
      )
    })
  }

  const kids: readonly Signing[] = [{ kid: 'a' }, { kid: '2024-05' }, { kid: 'x'.repeat(32) }, { kid: '-' }]
  for (const signing of kids) {
    test(`names its key: ${signing.kid}`, () => {
      const decision = decideUrl(signUrl(url, signing), { settings: signed })
      assert.equal(decision.kid, signing.kid)
      assert.equal(decision.refusal, undefined)
    })
  }
})

function flipSpareBit(sig: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet[alphabet.indexOf(sig.slice(-1)) ^ 1] ?? ''
}

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  )
}
