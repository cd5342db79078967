import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createSigner } from '../../signer/create-signer.ts'
import type { ImageParameters } from '../../signer/image-parameters.ts'
import { verifyUrl } from '../../signer/verify-url.ts'
import { readText } from '../project-files.ts'
import { baseUrl } from './test-signer.ts'

interface Judged {
  name: string
  url: string
  now: number
  code?: string
}

interface Vector {
  name: string
  secret: string
  kid: string
  key: string
  parameters: [string, string][]
  exp: number
  url: string
}

const vectors: {
  secrets: Record<string, string>
  vectors: Vector[]
  respellings: Judged[]
  refused: Judged[]
} = JSON.parse(readText('docs/signing-vectors.json'))

/** What the signer does not do, though the edge would take it: it is stricter about secrets, and about names of presets. */
const beyond: Readonly<Record<string, RegExp>> = {
  'value outside the alphabet': /for preset/,
  'secret beyond ASCII': /base64url/,
}

/** What only a deployment knows: its store, and its ladder and presets. */
const edgeOnly = [
  'kid whose secret is too short',
  'signing keys out of reach',
  'revision before what is no canonical URL',
]

const signVector = ({ secret, kid, key, parameters, exp }: Vector) =>
  createSigner({ secret, kid, baseUrl, now: () => (exp - 60) * 1000 }).signUrl(
    key,
    Object.fromEntries(parameters) as ImageParameters,
    { expiresAt: new Date(exp * 1000) },
  )

const verifyAt = (url: string, now: number) =>
  verifyUrl(url, { secrets: vectors.secrets, now: () => now * 1000 })

suite('the vectors of docs/signing-vectors.json', () => {
  test('are there', () => {
    const { vectors: signed, respellings, refused } = vectors
    assert.ok(signed.length >= 50 && respellings.length >= 30 && refused.length >= 50)
  })

  for (const vector of vectors.vectors) {
    const { name } = vector
    const refusal = beyond[name]
    if (refusal) {
      test(`${name}: is not signed`, () => assert.throws(() => signVector(vector), { message: refusal }))
      continue
    }
    test(`${name}: is the URL that the signer writes, and verifies`, () => {
      assert.equal(signVector(vector), `${baseUrl}${vector.url}`)
      const verification = verifyAt(vector.url, vector.exp - 60)
      assert.ok(verification.ok, name)
      assert.equal(verification.key, vector.key)
    })
  }

  for (const { name, url, now } of vectors.respellings) {
    test(`${name}: verifies`, () => assert.ok(verifyAt(url, now).ok))
  }

  for (const { name, url, now, code } of vectors.refused.filter((each) => !edgeOnly.includes(each.name))) {
    test(`${name}: is refused as the edge does`, () => {
      const verification = verifyAt(url, now)
      assert.equal(verification.ok ? 'accepted' : verification.code, code)
    })
  }
})
