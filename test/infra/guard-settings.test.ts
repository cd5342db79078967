import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { suite, test } from 'node:test'
import { digestPublicKey, nameGuard } from '../../infra/guard-settings.ts'
import { defineSettings } from '../../infra/settings.ts'
import { createPublicKeyPem, publicKeys } from './full-settings.ts'
import { testRefused } from './refused-settings.ts'

const publicKeyEncoding = { type: 'spki', format: 'pem' } as const
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const

/** The PEMs of a pair that CloudFront does not take, or of any kind it takes. */
function createPair(kind: number | string) {
  return typeof kind === 'number'
    ? generateKeyPairSync('rsa', { modulusLength: kind, publicKeyEncoding, privateKeyEncoding })
    : generateKeyPairSync('ec', { namedCurve: kind, publicKeyEncoding, privateKeyEncoding })
}

/** The setting with these keys. */
function withKeys(...keys: unknown[]): unknown {
  return { 'private/': { publicKeys: keys } }
}

suite('the setting cloudFrontSigned', () => {
  for (const [kind, pem] of Object.entries(publicKeys)) {
    test(`takes ${kind} keys, and lets who has a signed URL ask for anything`, () => {
      const { cloudFrontSigned } = defineSettings({ cloudFrontSigned: { 'private/': { publicKeys: [pem] } } })
      assert.deepEqual(cloudFrontSigned, { 'private/': { publicKeys: [pem], access: 'open' } })
    })
  }

  test('keeps a key in one spelling, once', () => {
    const spellings = [publicKeys.rsa, ` ${publicKeys.rsa.replaceAll('\n', '\r\n')}\n`, publicKeys.rsa.trim()]
    const { cloudFrontSigned } = defineSettings({ cloudFrontSigned: { 'a/': { publicKeys: spellings } } })
    assert.deepEqual(cloudFrontSigned['a/']?.publicKeys, [publicKeys.rsa])
  })

  const pkcs1 = createPublicKey(publicKeys.rsa).export({ type: 'pkcs1', format: 'pem' })
  const { privateKey } = createPair('prime256v1')
  testRefused('cloudFrontSigned', [
    [['private/'], /expected an object.* for cloudFrontSigned but received 'Array'/],
    [{ 'private/': 'pem' }, /expected an object.* for cloudFrontSigned\['private\/'\] but received 'String'/],
    [withKeys(), /expected 1 to 5 public keys for cloudFrontSigned\['private\/'\].publicKeys but received 0/],
    [withKeys(...Array.from({ length: 6 }, () => createPublicKeyPem())), /public keys .* but received 6/],
    [withKeys(createPair(1024).publicKey), /ECDSA P-256 .*publicKeys\[0\] but received 'rsa 1024'/],
    [withKeys(publicKeys.ec, createPair(4096).publicKey), /publicKeys\[1\] but received 'rsa 4096'/],
    [withKeys(createPair('secp384r1').publicKey), /but received 'ec secp384r1'/],
    [withKeys(privateKey), /but received 'BEGIN PRIVATE KEY'$/],
    [withKeys(pkcs1), /but received 'BEGIN RSA PUBLIC KEY'/],
    [withKeys('MIIB'), /but received 'no PEM'/],
    [withKeys(publicKeys.ec.replace(/\n.{20}/, '\n')), /but received 'one that cannot be read'/],
    [{ 'a/': { publicKeys: publicKeys.ec } }, /expected 1 to 5 public keys/],
    [
      { 'a/': { publicKeys: [publicKeys.ec], access: 'signed' } },
      /expected one of open, bounded for .*access/,
    ],
    [
      { 'a/': { publicKeys: [publicKeys.ec], acess: 'open' } },
      /for cloudFrontSigned\['a\/'\] but received 'acess'/,
    ],
    ...['private', '', 'a*/', 'a b/', 'café/', 'a~/', 'a?/', `${'a'.repeat(253)}/`].map(
      (prefix) =>
        [
          { [prefix]: { publicKeys: [publicKeys.ec] } },
          /expected prefixes of A-Za-z0-9._-\/ that end with a slash for cloudFrontSigned/,
        ] as const,
    ),
    ...['/', '/a/', 'a//', './', 'a/../'].map(
      (prefix) => [{ [prefix]: { publicKeys: [publicKeys.ec] } }, /no leading slash/] as const,
    ),
    [
      { 'a-b/': { publicKeys: [publicKeys.ec] }, 'A/b/': { publicKeys: [publicKeys.ec] } },
      /differ by more than case and punctuation for cloudFrontSigned but received 'A\/b\/'/,
    ],
    [
      Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`a${i}/`, { publicKeys: [publicKeys.ec] }])),
      /expected at most 9 prefixes for cloudFrontSigned/,
    ],
    [
      Object.fromEntries(
        Array.from({ length: 5 }, (_, i) => [`a${i}/`, { publicKeys: [createPublicKeyPem()] }]),
      ),
      /expected at most 4 different sets of public keys, .* for cloudFrontSigned but received 5/,
    ],
  ])

  test('takes nine prefixes of four sets of keys, each set in any order', () => {
    const keys = Array.from({ length: 4 }, () => createPublicKeyPem())
    const sets = [keys, keys.slice(0, 2), keys.slice(2), keys.slice(1)]
    const guards = Array.from({ length: 9 }, (_, at) => {
      const set = sets[at % 4] ?? []
      return [`a${at}/`, { publicKeys: at < 4 ? set : set.toReversed() }]
    })
    const { cloudFrontSigned } = defineSettings({ cloudFrontSigned: Object.fromEntries(guards) })
    assert.equal(Object.keys(cloudFrontSigned).length, 9)
  })

  test('never quotes a private key', () => {
    const secret = privateKey.split('\n')[1] ?? ''
    assert.ok(secret.length > 30)
    for (const text of [privateKey, privateKey.replace('-----BEGIN', ''), `x${privateKey}`]) {
      assert.throws(
        () => defineSettings({ cloudFrontSigned: { 'a/': { publicKeys: [text] } } }),
        ({ message }) => /publicKeys\[0\]/.test(message) && !message.includes(secret),
      )
    }
  })
})

suite('nameGuard', () => {
  for (const [prefix, name] of [
    ['private/', 'Private'],
    ['clients/acme-inc/', 'ClientsAcmeInc'],
    ['2026_Q1.final/', '2026Q1Final'],
    ['-/', ''],
  ] as const) {
    test(`names ${prefix} ${JSON.stringify(name)}`, () => assert.equal(nameGuard(prefix), name))
  }
})

suite('digestPublicKey', () => {
  test('is eight hex digits of the key, whatever its line ends', () => {
    const digest = digestPublicKey(publicKeys.ec)
    assert.match(digest, /^[0-9A-F]{8}$/)
    assert.equal(digestPublicKey(publicKeys.ec.replaceAll('\n', '\r\n')), digest)
    assert.notEqual(digestPublicKey(publicKeys.rsa), digest)
  })
})
