import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { parameters } from '../../grammar/parameters.ts'
import { parseRequest } from '../../grammar/request.ts'
import { readValue } from '../../grammar/value-kinds.ts'
import { formatVariant } from '../../grammar/variant.ts'
import type { Viewer } from '../../grammar/viewer.ts'
import {
  arbitrarySignedWish,
  arbitraryText,
  arbitraryVariant,
  arbitraryWish,
  kindOf,
  presetKind,
  rows,
} from './arbitrary-request.ts'
import { arbitrarySpelling, plain, spellUrl } from './arbitrary-spelling.ts'
import { canonicalOf, definedOnly, outcomeOf, readText, splitUrl } from './url-outcome.ts'

const arbitraryViewer: fc.Arbitrary<Viewer> = fc.record({
  class: fc.constantFrom('avif', 'webp', 'none'),
  saveData: fc.boolean(),
  dpr: fc.constantFrom(0, 1, 1.3, 2, 2.625, 3.5),
  width: fc.constantFrom(0, 300, 4000),
  viewportWidth: fc.constantFrom(0, 390, 1440),
  deviceWidth: fc.constantFrom(640, 1280, 1920),
})

/** Runs `law`, which returns the outcome, and fails where most were refused or many alike: it would prove little. */
function assertLaw<Value>(numRuns: number, values: fc.Arbitrary<Value>, law: (value: Value) => string): void {
  let accepted = 0
  const seen = new Set<string>()
  const property = fc.property(values, (value) => {
    const outcome = law(value)
    if (!outcome.startsWith('refused')) accepted++
    seen.add(outcome)
  })
  fc.assert(property, { numRuns })
  assert.ok(accepted > numRuns / 2, `only ${accepted} of ${numRuns} were accepted`)
  assert.ok(seen.size > numRuns / 4, `only ${seen.size} of ${numRuns} were different`)
}

suite('the laws of the URL language', () => {
  test('are tried on every parameter, in requests and in canonical URLs', () => {
    const urls = fc.sample(arbitrarySignedWish, 5000).map((wish) => spellUrl(wish, plain))
    const outcomes = urls.map((url) => outcomeOf(url))
    for (const row of rows) {
      const seen = urls.filter((url) => new RegExp(`[?&](${row.spellings.join('|')})=`).test(url))
      assert.ok(seen.length > 100, `${row.name} in ${seen.length} requests`)
      const written = outcomes.filter((outcome) => outcome.includes(`&${row.name}=`))
      assert.ok(!row.canonicalKind || written.length > 10, `${row.name} in ${written.length} canonical URLs`)
    }
  })

  test('a canonical URL is its own canonical URL, for whoever asks', () => {
    assertLaw(
      1000,
      fc.tuple(arbitrarySignedWish, arbitraryViewer, arbitraryViewer),
      ([wish, viewer, other]) => {
        const outcome = outcomeOf(spellUrl(wish, plain), viewer)
        if (!outcome.startsWith('refused')) assert.equal(canonicalOf(outcome, other), outcome)
        return outcome
      },
    )
  })

  test('order, letter case, aliases, percent-encoding and unknown parameters never matter', () => {
    assertLaw(
      2000,
      fc.tuple(arbitrarySignedWish, arbitrarySpelling, arbitraryViewer),
      ([wish, spelling, viewer]) => {
        const outcome = outcomeOf(spellUrl(wish, plain), viewer)
        assert.equal(outcomeOf(spellUrl(wish, spelling), viewer), outcome)
        return outcome
      },
    )
  })

  test('a canonical URL holds only characters that every signature agrees on', () => {
    assertLaw(500, fc.tuple(arbitrarySignedWish, arbitrarySpelling), ([wish, spelling]) => {
      const outcome = outcomeOf(spellUrl(wish, spelling))
      if (!outcome.startsWith('refused')) assert.match(outcome, /^\/[\w.~/-]+\?rev=\d+(&[a-z-]+=[\w.~/-]+)+$/)
      return outcome
    })
  })

  test('reading what a variant is written as gives the variant', () => {
    assertLaw(1000, fc.tuple(arbitraryVariant, arbitraryViewer), ([variant, viewer]) => {
      const { path, query } = formatVariant(variant)
      const again = readText(`${path}?${query}`, viewer)
      assert.equal(again.key, variant.key)
      assert.deepEqual(definedOnly(again.parameters), definedOnly(variant.parameters))
      return `${path}?${query}`
    })
  })

  test('a key is read from the path as from the parameter', () => {
    assertLaw(500, arbitraryWish, ({ key, values: { key: _, ...values } }) => {
      const byPath = outcomeOf(spellUrl({ key, values }, plain))
      const [, query] = splitUrl(spellUrl({ key, values: { ...values, key } }, plain))
      assert.equal(outcomeOf(`/?${query}`), byPath)
      return byPath
    })
  })

  for (const row of parameters.filter((row) => row.name !== 'key')) {
    test(`every value of ${row.name} has one spelling, which is read as itself`, () => {
      const kind = kindOf(row.name)
      const property = fc.property(arbitraryText(kind), (text) => {
        const query = `${row.name}=${encodeURIComponent(text)}`
        const value = definedOnly(parseRequest('/x', query, presetKind).parameters)[row.name]
        assert.ok(value !== undefined, `${query} is not read`)
        assert.equal(readValue(kind, String(value)), value)
      })
      fc.assert(property, { numRuns: 200 })
    })
  }
})

const side = fc.integer({ min: 1, max: 2000 })
const ratio = fc.tuple(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 }))
const hundredths = fc.integer({ min: 100, max: 400 })

/** Spelt differently, meant alike. */
const alike: Readonly<Record<string, fc.Arbitrary<readonly [string, string]>>> = {
  'dpr and what it comes to': fc
    .tuple(side, side, hundredths)
    .map(([w, h, dpr]) => [
      `w=${w}&h=${h}&dpr=${(dpr / 100).toFixed(2)}`,
      `w=${halfUp(w * dpr, 100)}&h=${halfUp(h * dpr, 100)}`,
    ]),
  'aspect and the other side': fc
    .tuple(side, ratio)
    .filter(([w, [x, y]]) => (w * y) / x <= 8192)
    .map(([w, [x, y]]) => [`w=${w}&ar=${x}:${y}`, `w=${w}&h=${Math.max(1, halfUp(w * y, x))}`]),
  'a ratio and its multiple': fc
    .tuple(ratio, fc.integer({ min: 1, max: 64 }))
    .filter(([[x, y], times]) => Math.max(x, y) * times <= 64)
    .map(([[x, y], times]) => [`ar=${x}-${y}`, `ar=${x * times}:${y * times}`]),
  'defaults and their absence': fc
    .tuple(side, side)
    .map(([w, h]) => [`w=${w}&h=${h}`, `w=${w}&h=${h}&dpr=1&fit=crop&bg=0000&f=auto&q=auto&key=x.jpg`]),
  'what has no effect and its absence': fc
    .tuple(side, fc.constantFrom('fit=pad', 'fit=fill&g=n', 'g=sw', 'fit=max&gravity=east'))
    .map(([w, added]) => [`w=${w}&f=png`, `w=${w}&f=png&q=30&${added}`]),
  'numbers with zeros in front': side.map((w) => [`w=${w}&dpr=2`, `w=000${w}&dpr=02.0`]),
}

suite('equal meaning is an equal key', () => {
  for (const [name, pairs] of Object.entries(alike)) {
    test(name, () => {
      assertLaw(300, pairs, ([one, other]) => {
        const outcome = outcomeOf(`/x.jpg?${one}`)
        assert.equal(outcomeOf(`/x.jpg?${other}`), outcome)
        return outcome
      })
    })
  }
})

/** `dividend` / `divisor`, rounded half up in whole numbers alone. */
function halfUp(dividend: number, divisor: number): number {
  const twice = 2 * dividend + divisor
  return (twice - (twice % (2 * divisor))) / (2 * divisor)
}
