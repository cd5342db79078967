import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { type ParameterName, parameters } from '../../grammar/parameters.ts'
import { parseRequest } from '../../grammar/request.ts'
import { formatSignedText } from '../../grammar/signature.ts'
import { readValue } from '../../grammar/value-kinds.ts'
import { arbitraryText, arbitraryWish, kindOf, presetKind, type Wish } from './arbitrary-request.ts'
import { arbitrarySpelling, plain, spellUrl } from './arbitrary-spelling.ts'
import { arbitraryHeaders } from './bounded-requests.ts'
import { type Asked, decideUrl, now, signUrl, verdictOf } from './decision.ts'
import { canonicalOf, settings, splitUrl } from './url-outcome.ts'

const signed: DecisionSettings = { ...settings, access: [['', 'signed']] }

/** `wish` with the proof that whoever holds the secret adds. */
function prove(wish: Wish): Wish {
  const [, query] = splitUrl(signUrl(spellUrl(wish, plain)))
  const proof = /exp=(\d+)&kid=([\w-]+)&sig=([\w-]+)$/.exec(query)
  assert.ok(proof)
  const [, exp = '', kid = '', sig = ''] = proof
  return { key: wish.key, values: { ...wish.values, exp, kid, sig } }
}

/** Requests that are signed, some of which may be embedded anywhere. */
const arbitraryProven = fc
  .tuple(arbitraryWish, fc.boolean())
  .map(([{ key, values }, embed]) => ({ key, values: embed ? { ...values, embed: 'any' } : values }))

/** Whether the signature in `url` is taken: what else is wrong with the request does not matter. */
function isProven(url: string, asked: Asked = {}): boolean {
  const { verdicts, kid } = decideUrl(url, { settings: signed, ...asked })
  assert.equal(verdicts.parse, undefined, url)
  return kid !== undefined && verdicts.signature === undefined
}

suite('a signature survives', () => {
  test('any spelling of what it was given for', () => {
    const property = fc.property(arbitraryProven, arbitrarySpelling, (wish, spelling) => {
      const url = spellUrl(prove(wish), spelling)
      assert.ok(isProven(url), url)
      assert.equal(verdictOf(url, { settings: signed }), verdictOf(spellUrl(wish, plain)))
    })
    fc.assert(property, { numRuns: 2000 })
  })

  test('the key in the query, in the path, and in both', () => {
    const property = fc.property(arbitraryProven, (wish) => {
      const { key, values } = prove(wish)
      const { key: _key, ...others } = values
      const inPath = spellUrl({ key, values: others }, plain)
      const inBoth = spellUrl({ key, values: { ...others, key } }, plain)
      const inQuery = `/?${splitUrl(inBoth)[1]}`
      for (const url of [inPath, inBoth, inQuery]) assert.ok(isProven(url), url)
    })
    fc.assert(property, { numRuns: 500 })
  })

  test('any change of ladder, ratios and what presets stand for, Accept and hints', () => {
    const other: DecisionSettings = {
      ...signed,
      ladder: [100],
      aspects: [],
      presets: { wide: { width: 'auto', blur: 1 } as object, card: {}, third: {} },
      lifetime: 4000,
      skew: 0,
    }
    const property = fc.property(arbitraryProven, arbitraryHeaders, (wish, headers) => {
      const url = spellUrl(prove(wish), plain)
      assert.ok(isProven(url, { headers }))
      assert.ok(isProven(url, { headers, settings: other }))
    })
    fc.assert(property, { numRuns: 1000 })
  })

  test('any revision and class of viewer of a canonical URL', () => {
    const property = fc.property(arbitraryWish, (wish) => {
      const canonical = verdictOf(spellUrl(wish, plain))
      fc.pre(!canonical.startsWith('refused'))
      const url = signUrl(canonical)
      assert.equal(verdictOf(url, { settings: signed, headers: { accept: '' } }), canonical)
      for (const rev of [2, 10, 987]) {
        assert.equal(verdictOf(url.replace('?rev=1&', `?rev=${rev}&`), { settings: signed }), canonical)
      }
      assert.ok(isProven(url.replace('format=auto.avif', 'format=auto')))
    })
    fc.assert(property, { numRuns: 500 })
  })
})

/** The same request but for one parameter, which then means something else, is not there, or is new. */
function changes(name: ParameterName): fc.Arbitrary<readonly [Wish, Wish]> {
  const kind = kindOf(name)
  return fc
    .tuple(arbitraryProven, arbitraryText(kind), fc.boolean())
    .map(([wish, text, removed]) => {
      const { [name]: before, ...values } = { ...prove(wish).values } as Record<string, string>
      const changed = removed && before !== undefined ? values : { ...values, [name]: text }
      return [wish, { key: wish.key, values: changed }] as const
    })
    .filter(([wish, changed]) => {
      const [before, after] = [wish.values, changed.values].map((values) => values[name])
      const read = (text: string | undefined) => (text === undefined ? undefined : readValue(kind, text))
      return read(before) !== read(after)
    })
}

suite('a signature dies with', () => {
  const names = parameters
    .map((row) => row.name)
    .filter((name) => !['key', 'exp', 'kid', 'sig'].includes(name))

  for (const name of names) {
    test(`any change of ${name}`, () => {
      const property = fc.property(changes(name), ([, changed]) => {
        const url = spellUrl(changed, plain)
        assert.equal(decideUrl(url, { settings: signed }).verdicts.signature, 'signature-wrong', url)
      })
      fc.assert(property, { numRuns: 200 })
    })
  }

  test('another key', () => {
    const edits: readonly ((key: string) => string)[] = [
      (key) => `${key}x`,
      (key) => `x/${key}`,
      (key) => (key === key.toUpperCase() ? `${key}a` : key.toUpperCase()),
      (key) => `${key}~20`,
    ]
    const property = fc.property(arbitraryProven, fc.constantFrom(...edits), (wish, edit) => {
      const { values } = prove(wish)
      const key = edit(wish.key)
      fc.pre(Buffer.byteLength(key) <= 1024)
      const changed = { key, values: values.key === undefined ? values : { ...values, key } }
      assert.ok(!isProven(spellUrl(changed, plain)))
    })
    fc.assert(property, { numRuns: 500 })
  })

  test('another end and another name of the key', () => {
    const property = fc.property(arbitraryProven, fc.integer({ min: -60, max: 60 }), (wish, seconds) => {
      const { key, values } = prove(wish)
      fc.pre(seconds !== 0)
      const exp = String(now + 3600 + seconds)
      assert.ok(!isProven(spellUrl({ key, values: { ...values, exp } }, plain)))
      assert.ok(!isProven(spellUrl({ key, values: { ...values, kid: 'main2' } }, plain)))
      assert.ok(isProven(spellUrl({ key, values }, plain)))
    })
    fc.assert(property, { numRuns: 200 })
  })
})

suite('what is signed', () => {
  const textOf = (wish: Wish) => {
    const [path, query] = splitUrl(spellUrl(wish, plain))
    const { key, parameters: named } = parseRequest(path, query, presetKind)
    return formatSignedText(key, { ...named, exp: '1', kid: 'a' })
  }

  test('has five lines, whatever is asked, of characters that everyone encodes alike', () => {
    fc.assert(
      fc.property(arbitraryProven, (wish) => {
        assert.match(textOf(wish), /^fovea1\n[\w.~/-]+\n([a-z-]+=[\w.~/&=-]*)?\n1\na$/)
      }),
      { numRuns: 1000 },
    )
  })

  test('differs wherever what is meant differs', () => {
    let compared = 0
    const property = fc.property(arbitraryWish, arbitraryWish, (one, other) => {
      const [before, after] = [one, other].map((wish) => verdictOf(spellUrl(wish, plain)))
      if (before === after) return
      compared++
      assert.notEqual(textOf(one), textOf(other))
    })
    fc.assert(property, { numRuns: 1000 })
    assert.ok(compared > 500)
  })

  test('leaves a request what it is', () => {
    fc.assert(
      fc.property(arbitraryProven, (wish) => {
        const verdict = verdictOf(spellUrl(wish, plain))
        fc.pre(!verdict.startsWith('refused'))
        assert.equal(canonicalOf(spellUrl(prove(wish), plain)), verdict)
      }),
      { numRuns: 500 },
    )
  })
})
