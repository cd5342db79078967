import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { matchesEtag } from '../../../edge/cloudfront/conditional.ts'

suite('matchesEtag', () => {
  const cases: readonly (readonly [ifNoneMatch: string, etag: string, matches: boolean])[] = [
    ['"a"', '"a"', true],
    ['"b"', '"a"', false],
    ['"b", "a"', '"a"', true],
    ['"b","c" ,  "a"', '"a"', true],
    ['"b", "c"', '"a"', false],
    ['W/"a"', '"a"', true],
    ['"a"', 'W/"a"', true],
    ['W/"b", W/"a"', 'W/"a"', true],
    ['"a, b"', '"a, b"', true],
    ['"a, b"', '"a"', false],
    ['*', '"a"', true],
    [' * ', '"a"', true],
    ['"*"', '"a"', false],
    ['a', '"a"', false],
    ['', '"a"', false],
    ['"A"', '"a"', false],
  ]
  for (const [ifNoneMatch, etag, matches] of cases) {
    test(`finds ${etag} ${matches ? 'in' : 'missing from'} ${ifNoneMatch || 'nothing'}`, () => {
      assert.equal(matchesEtag(ifNoneMatch, etag), matches)
    })
  }
})
