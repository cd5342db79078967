import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parameters } from '../../grammar/parameters.ts'
import { simplifyVariant } from '../../grammar/variant.ts'
import { canonicalOf, definedOnly, readText, splitUrl } from './url-outcome.ts'

/** What of a query remains between revision and format. */
const cases: readonly (readonly [query: string, kept: string])[] = [
  // A fit needs two sides, and cover is what two sides do anyway.
  ['fit=contain', ''],
  ['w=800&fit=contain', 'width=800'],
  ['h=800&fit=fill', 'height=800'],
  ['w=8&h=6&fit=cover', 'width=8&height=6'],
  ['w=8&h=6&fit=crop', 'width=8&height=6'],
  ['w=8&h=6&fit=inside', 'width=8&height=6&fit=inside'],
  ['w=8&h=6&fit=outside', 'width=8&height=6&fit=outside'],
  ['w=8&h=6&fit=fill', 'width=8&height=6&fit=fill'],
  ['w=8&h=6&fit=contain', 'width=8&height=6&fit=contain'],
  ['w=8&ar=4-3&fit=inside', 'width=8&height=6&fit=inside'],
  ['ar=4-3&fit=inside', 'aspect=4-3'],
  // Gravity needs something that is cropped or placed.
  ['g=north', ''],
  ['w=8&g=north', 'width=8'],
  ['w=8&h=6&g=north', 'width=8&height=6&gravity=north'],
  ['w=8&h=6&fit=cover&g=n', 'width=8&height=6&gravity=north'],
  ['w=8&h=6&fit=contain&g=n', 'width=8&height=6&fit=contain&gravity=north'],
  ['w=8&h=6&fit=inside&g=n', 'width=8&height=6&fit=inside'],
  ['w=8&h=6&fit=outside&g=n', 'width=8&height=6&fit=outside'],
  ['w=8&h=6&fit=fill&g=n', 'width=8&height=6&fit=fill'],
  // Without it the original's own focal point is what a crop keeps.
  ['w=8&h=6&g=centre', 'width=8&height=6&gravity=centre'],
  ['w=8&h=6&fit=contain&g=center', 'width=8&height=6&fit=contain'],
  ['ar=4-3&g=n', 'aspect=4-3&gravity=north'],
  ['ar=4-3&g=centre', 'aspect=4-3&gravity=centre'],
  ['ar=4-3&fit=fill&g=n', 'aspect=4-3&gravity=north'],
  ['w=8&ar=4-3&g=n', 'width=8&height=6&gravity=north'],
  // A strategy looks for what to keep, so it has nothing to say about where contain places a whole picture.
  ['w=8&h=6&g=attention', 'width=8&height=6&gravity=attention'],
  ['w=8&h=6&fit=pad&g=attention', 'width=8&height=6&fit=contain'],
  ['w=8&h=6&fit=pad&g=entropy', 'width=8&height=6&fit=contain'],
  ['w=8&h=6&fit=pad&g=east', 'width=8&height=6&fit=contain&gravity=east'],
  ['w=8&h=6&fit=pad&g=.3_.7', 'width=8&height=6&fit=contain&gravity=0.30_0.70'],
  ['w=8&h=6&g=.5_.5', 'width=8&height=6&gravity=centre'],
  ['w=8&h=6&fit=pad&g=.5_.5', 'width=8&height=6&fit=contain'],
  ['w=8&h=6&g=0_1', 'width=8&height=6&gravity=southwest'],
  // Enlarging needs a size to grow to.
  ['enlarge=1', ''],
  ['ar=4-3&enlarge=1', 'aspect=4-3'],
  ['h=8&enlarge=1', 'height=8&enlarge=1'],
  // A crop of everything is none.
  ['crop=0.0_0_1_1', ''],
  ['crop=0_0_1_1', 'crop=0_0_1_1'],
  ['crop=0_0_.5_1', 'crop=0.0000_0.0000_0.5000_1.0000'],
  // A background shows wherever the original has transparency, so it stays, but the default.
  ['bg=fff', 'background=ffffff'],
  ['w=8&bg=1234', 'width=8&background=11223344'],
  ['bg=transparent', ''],
  ['bg=fff0', ''],
  ['bg=00000000', ''],
  ['bg=000', 'background=000000'],
]

const qualities: readonly (readonly [query: string, kept: string])[] = [
  ['q=auto', 'format=auto.avif'],
  ['q=80', 'format=auto.avif&quality=80'],
  ['q=80&f=webp', 'format=webp&quality=80'],
  ['q=80&f=png', 'format=png'],
  ['q=low&f=png', 'format=png'],
  ['q=auto&f=jpg', 'format=jpeg'],
  ['q=80&f=gif', 'format=gif'],
  ['q=80&f=original', 'format=original&quality=80'],
  // A still of the first frame has one spelling, and what is never animated none.
  ['animated=0', 'format=auto.avif&page=0'],
  ['page=0', 'format=auto.avif&page=0'],
  ['page=0&animated=0', 'format=auto.avif&page=0'],
  ['page=3', 'format=auto.avif&page=3'],
  ['page=3&animated=0', 'format=auto.avif&page=3'],
  ['page=3&f=png', 'format=png&page=3'],
  ...['avif', 'jpeg', 'png'].map((format) => [`animated=0&f=${format}`, `format=${format}`] as const),
  ...['webp', 'gif'].map((format) => [`animated=0&f=${format}`, `format=${format}&page=0`] as const),
]

suite('simplifyVariant', () => {
  for (const [query, kept] of cases) {
    test(`leaves ${kept || 'nothing'} of ${query}`, () => {
      assert.equal(canonicalOf(`/x.jpg?${query}`), `/x.jpg?rev=1&${kept && `${kept}&`}format=auto.avif`)
    })
  }

  for (const [query, kept] of qualities) {
    test(`leaves ${kept} of ${query}`, () => {
      assert.equal(canonicalOf(`/x.jpg?${query}`), `/x.jpg?rev=1&${kept}`)
    })
  }

  test('does not touch what it is given', () => {
    const given = Object.freeze({
      width: 8,
      fit: 'fill',
      gravity: 'north',
      format: 'png',
      quality: 80,
    } as const)
    assert.deepEqual(definedOnly(simplifyVariant(given)), { width: 8, format: 'png' })
    assert.equal(given.fit, 'fill')
  })
})

suite('a variant', () => {
  const canonicalNames = parameters.filter((row) => row.canonicalKind).map((row): string => row.name)

  for (const query of [
    'w=100&dpr=2',
    'w=100&dpr=auto',
    'dpr=auto',
    'w=auto',
    'key=x.jpg&h=10',
    'q=1&v=2&bg=fff',
    'preset=card&dpr=2',
    'w=1&embed=any&exp=1&kid=a&sig=b',
  ]) {
    test(`of ${query} is written with only what a canonical URL can say`, () => {
      const [, written] = splitUrl(canonicalOf(`/x.jpg?${query}`))
      const [rev, ...names] = written.split('&').map((pair) => pair.replace(/=.*/, ''))
      assert.equal(rev, 'rev')
      assert.deepEqual(
        names,
        canonicalNames.filter((name) => names.includes(name)),
      )
    })
  }

  test('of a request is that of its canonical URL, by content', () => {
    for (const query of ['', 'w=100&h=50&fit=pad&g=n', 'ar=4-3', 'f=png&q=3']) {
      const variant = readText(`/x.jpg?${query}`)
      const again = readText(canonicalOf(`/x.jpg?${query}`))
      assert.deepEqual(definedOnly(again.parameters), definedOnly(variant.parameters))
    }
  })
})
