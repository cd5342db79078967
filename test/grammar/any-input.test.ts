import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { parameters } from '../../grammar/parameters.ts'
import { formatProblem } from '../../grammar/problem.ts'
import { readUrl } from '../../grammar/read-url.ts'
import { formatVariant } from '../../grammar/variant.ts'
import { readViewer } from '../../grammar/viewer.ts'
import { arbitraryText, kindOf, rows } from './arbitrary-request.ts'
import { checkRejection, settings, viewerWith } from './url-outcome.ts'

/** Any text of UTF-16 but lone surrogates, with a liking for what the language gives a meaning. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...'aZ09%+~./-_#:= \n\0é🦊', '%2', '%2F', '%C3%A9', '~2', '~C3~A9', '..', '//'),
  }),
  fc.string({
    unit: fc.constantFrom('%C0', '%AF', '%ED', '%A0', '%80', '%F4', '%FF', '%e2', '%82', '%ac', 'a', '%'),
  }),
)

const anyName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('rev', ...rows.flatMap((row) => row.spellings)) },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'REV', '%', 'Width') },
  { weight: 1, arbitrary: anyText },
)

const anyValue = fc.oneof(
  anyText,
  fc.constantFrom('1', '2', 'auto', '', '0', '8193'),
  ...parameters
    .filter((row) => row.name !== 'key')
    .map((row) => arbitraryText(row.canonicalKind ?? kindOf(row.name))),
)

const anyPath = fc.oneof(
  anyText.map((text) => `/${text}`),
  anyText,
  fc.constantFrom('/x.jpg', '/caf~C3~A9.jpg', '/'),
)

// The first pair is seldom said twice: by chance alone a parameter is not repeated often.
const anyQuery = fc
  .tuple(fc.boolean(), fc.nat(7), fc.array(fc.tuple(anyName, anyValue), { maxLength: 6 }))
  .map(([canonical, once, pairs]) => [
    ...(canonical ? [['rev', '1'] as const] : []),
    ...(once ? [] : pairs.slice(0, 1)),
    ...pairs,
  ])
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'))

const anyHeaders = fc.array(anyText, { minLength: 10, maxLength: 10 })

suite('readUrl, whatever it is given', () => {
  test('returns a variant or throws a rejection, never an Error', () => {
    const seen = new Map<string, number>()
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
    const property = fc.property(
      anyPath,
      anyQuery,
      anyHeaders,
      fc.boolean(),
      (path, query, headers, bounded) => {
        let next = 0
        const viewer = readViewer(() => headers[next++] ?? '')
        try {
          const variant = readUrl(path, query, viewer, settings, bounded)
          const url = formatVariant(variant)
          assert.match(`${url.path}?${url.query}`, /^\/[\w.~/-]+\?rev=1(&[a-z-]+=[\w.~/-]+)+$/)
          count('accepted')
        } catch (thrown) {
          if (thrown instanceof assert.AssertionError) throw thrown
          const rejection = checkRejection(thrown)
          assert.doesNotThrow(() => JSON.parse(formatProblem(rejection)))
          count(rejection.code)
        }
      },
    )
    fc.assert(property, { numRuns: 10_000 })
    for (const code of ['accepted', 'bad-key', 'bad-value', 'repeated', 'contradiction', 'not-canonical']) {
      assert.ok((seen.get(code) ?? 0) > 20, `saw ${code} ${seen.get(code) ?? 0} times`)
    }
    assert.equal(seen.get('internal'), undefined)
  })

  // No UTF-8 spells one, so none arrives over HTTP; an event that holds one must not become a 503 all the same.
  const loneSurrogates: readonly (readonly [path: string, query: string])[] = [
    ['/\ud800.jpg', ''],
    ['/\udc00.jpg', 'rev=1&format=auto'],
    ['/', 'key=\ud83d'],
    ['/x.jpg', 'v=\ud83d'],
    ['/x.jpg', '\ud83d=\ud83d'],
  ]
  for (const [path, query] of loneSurrogates) {
    test(`returns a variant or a rejection for ${JSON.stringify(`${path}?${query}`)}`, () => {
      try {
        readUrl(path, query, viewerWith(), settings, false)
      } catch (thrown) {
        checkRejection(thrown)
      }
    })
  }
})
