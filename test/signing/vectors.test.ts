import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { suite, test } from 'node:test'
import { formatSigningVectors } from '../../docs/signing-vectors.ts'
import { decide, examine } from '../../grammar/decide.ts'
import { parameters } from '../../grammar/parameters.ts'
import type { Rejection } from '../../grammar/rejection.ts'
import { unsignedPattern } from '../../grammar/unsigned.ts'
import { readText } from '../project-files.ts'
import { signing } from './vectors.ts'

const { secrets, vectors, respellings, refused } = signing
const settings = { ...signing.settings, unsigned: unsignedPattern }
const order = parameters.map(({ name }): string => name)

suite('docs/signing-vectors.json', () => {
  test('is what docs/signing-vectors.ts writes', () => {
    assert.equal(readText('docs/signing-vectors.json'), formatSigningVectors())
  })

  test('has vectors, respellings and refusals, each under a name of its own', () => {
    assert.ok(vectors.length >= 36, `${vectors.length} vectors`)
    assert.ok(respellings.length >= 30, `${respellings.length} respellings`)
    assert.ok(refused.length >= 50, `${refused.length} refused`)
    assert.equal(new Set(vectors.map(({ name }) => name)).size, vectors.length)
    for (const list of [respellings, refused])
      assert.equal(new Set(list.map(({ vector, name }) => `${vector}: ${name}`)).size, list.length)
  })

  test('signs every parameter that can be signed', () => {
    const signed = new Set(vectors.flatMap((vector) => vector.parameters.map(([name]) => name)))
    assert.deepEqual(
      order.filter((name) => !signed.has(name)),
      ['key', 'exp', 'kid', 'sig'],
    )
  })

  test('has every refusal of a signature', () => {
    assert.deepEqual(
      [...new Set(refused.map(({ code }) => code))].filter((code) => code.startsWith('signature-')).sort(),
      ['expired', 'malformed', 'no-key', 'no-store', 'too-far', 'unknown-key', 'wrong'].map(
        (fault) => `signature-${fault}`,
      ),
    )
  })

  test('has a signature of its own for each vector', () => {
    assert.equal(new Set(vectors.map(({ sig }) => sig)).size, vectors.length)
    assert.equal(new Set(vectors.map(({ text, secret }) => text + secret)).size, vectors.length)
  })

  test('has keys that differ only in how é is composed', () => {
    const composed = vectors.filter(({ key }) => key.normalize('NFC') === 'caf\u00e9.jpg')
    assert.deepEqual(
      composed.map(({ text }) => text.split('\n')[1]),
      ['caf~C3~A9.jpg', 'cafe~CC~81.jpg'],
    )
  })

  test('reaches the limits', () => {
    assert.equal(Math.max(...vectors.map(({ key }) => Buffer.byteLength(key))), 1024)
    assert.deepEqual(new Set(vectors.map(({ exp }) => String(exp).length)), new Set([10, 11]))
    for (const bytes of [43, 64, 128])
      assert.ok(
        vectors.some(({ secret }) => Buffer.byteLength(secret) === bytes),
        `a secret of ${bytes} bytes`,
      )
    for (const length of [1, 32])
      assert.ok(
        vectors.some(({ kid }) => kid.length === length),
        `a kid of ${length}`,
      )
  })
})

suite('a vector', () => {
  for (const vector of vectors) {
    test(`${vector.name}: text, signature and URL, computed without the grammar, are as it says`, () => {
      const { secret, kid, key, exp } = vector
      const encode = (text: string, sign: string, bare: RegExp) =>
        [...Buffer.from(text)]
          .map((byte) => [String.fromCharCode(byte), sign + byte.toString(16).toUpperCase().padStart(2, '0')])
          .map(([character = '', escaped]) => (bare.test(character) ? character : escaped))
          .join('')
      const tilde = (text: string) => encode(text, '~', /[A-Za-z0-9._\-/]/)
      const percent = (text: string) => encode(text, '%', /[A-Za-z0-9._\-/~]/)
      const signed = vector.parameters.map(([name, value]) => `${name}=${tilde(value)}`).join('&')
      const text = `fovea1\n${tilde(key)}\n${signed}\n${exp}\n${kid}`
      const sig = createHmac('sha256', Buffer.from(secret)).update(Buffer.from(text)).digest('base64url')
      const query = vector.parameters.map(([name, value]) => `${name}=${percent(value)}&`).join('')
      const url = `/${percent(key)}?${query}exp=${exp}&kid=${kid}&sig=${sig}`
      assert.deepEqual({ text, sig, url }, { text: vector.text, sig: vector.sig, url: vector.url })
    })

    test(`${vector.name}: has its parameters in the order of the table`, () => {
      const places = vector.parameters.map(([name]) => order.indexOf(name))
      assert.ok(!places.includes(-1))
      assert.deepEqual(
        places,
        [...new Set(places)].sort((a, b) => a - b),
      )
    })

    test(`${vector.name}: is accepted from a lifetime before exp until exp`, () => {
      assert.equal(secrets[vector.kid], vector.secret)
      for (const now of [vector.exp - settings.lifetime, vector.exp])
        assert.equal(judge(vector.url, now), 'accepted')
    })

    test(`${vector.name}: is refused without its signature`, () => {
      assert.equal(judge(vector.url.replace(/[?&]exp=.*/, ''), vector.exp), 'needs-signature')
    })
  }
})

suite('a respelling', () => {
  for (const { name, vector, url, now } of respellings) {
    test(`of ${vector}, ${name}, is accepted with the same signature`, () => {
      const sig = vectors.find((each) => each.name === vector)?.sig
      assert.ok(sig && url.includes(sig))
      assert.equal(judge(url, now), 'accepted')
    })
  }
})

suite('a refused request', () => {
  for (const { name, vector, url, now, storeOutOfReach, code } of refused) {
    test(`from ${vector}, ${name}, is answered ${code}`, () => {
      assert.equal(judge(url, now, storeOutOfReach), code)
    })
  }
})

/** The code with which the edge refuses `url`, or `accepted`. */
function judge(url: string, now: number, storeOutOfReach?: true): string {
  const mark = `${url}?`.indexOf('?')
  const [path, query] = [url.slice(0, mark), url.slice(mark + 1)]
  const decision = examine(path, query, now, settings)
  const secret = decision.kid === undefined ? '' : (secrets[decision.kid] ?? '')
  decide(decision, path, () => '', storeOutOfReach ? undefined : secret, settings)
  if (decision.refusal === undefined) {
    assert.ok(decision.url)
    return 'accepted'
  }
  return (decision.refusal as Rejection).code
}
