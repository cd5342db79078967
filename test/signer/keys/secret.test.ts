import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { KeyStoreError } from '../../../signer/keys/key-store-error.ts'
import { checkKid, createKid, findKids } from '../../../signer/keys/kid.ts'
import { checkSecret, createSecret } from '../../../signer/keys/secret.ts'

suite('createSecret', () => {
  test('draws 32 bytes as 43 characters of base64url, others each time', () => {
    const secrets = Array.from({ length: 1000 }, createSecret)
    for (const secret of secrets) {
      assert.match(secret, /^[A-Za-z0-9_-]{43}$/)
      assert.equal(Buffer.from(secret, 'base64url').length, 32)
      checkSecret(secret)
    }
    assert.equal(new Set(secrets).size, 1000)
  })
})

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

suite('checkSecret', () => {
  const random = createSecret()
  const weak: readonly (readonly [what: string, secret: string, received: RegExp])[] = [
    ['nothing', '', /received none$/],
    ['a variable that is not set', undefined as unknown as string, /received none$/],
    ['bytes', randomBytes(32) as unknown as string, /received what is no text$/],
    ['42 characters', random.slice(1), /received 42$/],
    ['more than a value of the store may have', createSecret().repeat(24), /received 1032$/],
    ['all the same', 'x'.repeat(43), /only 1 different/],
    [
      '11 different characters',
      random.replace(/./g, (_each, at: number) => alphabet[(at * at * at) % 11] ?? ''),
      /different/,
    ],
    ['a word again and again', 'correct-horse_BATTERY9staple'.repeat(2), /repeats itself/],
    ['words', 'correct-horse-battery-staple-on-a-very-long-walk-home', /letters of one case/],
    ['words in capitals', 'CORRECT_HORSE_BATTERY_STAPLE_ON_A_VERY_LONG_WALK', /letters of one case/],
    ['the alphabet', alphabet, /a sequence/],
    ['the alphabet backwards', [...alphabet].reverse().join(''), /a sequence/],
    ['base64 that is not base64url', `${random.slice(2)}+/`, /not base64url/],
    ['padding', `${random}=`, /not base64url/],
    ['a line break', `${random}\n`, /not base64url/],
    ['letters beyond ASCII', `${random}ä`, /not base64url/],
  ]
  for (const [what, secret, received] of weak) {
    test(`refuses ${what}, without repeating it`, () => {
      assert.throws(
        () => checkSecret(secret),
        (error: unknown) => {
          assert(error instanceof KeyStoreError)
          assert.equal(error.code, 'weak-secret')
          assert.match(error.message, /^secret: expected .* but received /)
          assert.match(error.message, received)
          const shown = inspect(error, { depth: Infinity, showHidden: true })
          assert.ok(!secret || !shown.includes(secret))
          return true
        },
      )
    })
  }

  test('accepts what openssl rand -hex 32 writes', () => {
    for (let time = 0; time < 1000; time++) checkSecret(randomBytes(32).toString('hex'))
  })

  test('accepts random text of 43 to 1,024 characters', () => {
    const bytes = fc.integer({ min: 32, max: 768 })
    fc.assert(
      fc.property(bytes, () => checkSecret(createSecret().slice(0, 22) + createSecret().slice(0, 21))),
    )
    checkSecret(createSecret() + createSecret())
  })
})

suite('createKid', () => {
  test('has the day in UTC and four random characters', () => {
    const kid = createKid(Date.UTC(2026, 10, 23, 23, 59))
    assert.match(kid, /^k20261123-[a-z0-9]{4}$/)
    checkKid(kid)
    assert.ok(new Set(Array.from({ length: 100 }, () => createKid(0))).size > 90)
  })
})

suite('checkKid', () => {
  for (const kid of ['a', '0', '-', 'k'.repeat(32)]) test(`accepts ${kid}`, () => checkKid(kid))

  for (const kid of ['', 'A', 'a b', 'a.b', 'ä', 'a\n', 'k'.repeat(33), '../a']) {
    test(`refuses ${JSON.stringify(kid)}`, () => assert.throws(() => checkKid(kid), { code: 'bad-kid' }))
  }

  test('refuses a variable that is not set, which a pattern would take for a text', () => {
    assert.throws(() => checkKid(undefined as unknown as string), {
      code: 'bad-kid',
      message: /received undefined$/,
    })
  })

  test('does not repeat what may be a secret', () => {
    const secret = createSecret()
    assert.throws(
      () => checkKid(secret),
      (error: Error) => !error.message.includes(secret.slice(0, 8)),
    )
  })
})

suite('findKids', () => {
  test('takes what the edge function would look up, sorted', () => {
    const names = ['sign.b', 'explain', 'sign.a', 'sign.', 'sign.A', 'other', 'sign', 'xsign.c', 'sign.a.b']
    assert.deepEqual(findKids(names), ['a', 'b'])
  })
})
