import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { compilePathPattern } from '../../../edge/cloudfront/path-pattern.ts'

suite('compilePathPattern', () => {
  const cases: readonly (readonly [pattern: string, path: string, matches: boolean])[] = [
    ['*', '/', true],
    ['*', '/a/b.jpg', true],
    ['/*', '/a', true],
    ['images/*', '/images/a.jpg', true],
    ['/images/*', '/images/a/b.jpg', true],
    ['/images/*', '/images', false],
    ['/images/*', '/IMAGES/a.jpg', false],
    ['*.jpg', '/a/b.jpg', true],
    ['*.jpg', '/a/b.jpgx', false],
    ['*.jpg', '/a/bxjpg', false],
    ['a??.gif', '/abc.gif', true],
    ['a??.gif', '/ab.gif', false],
    ['/a+(b)$', '/a+(b)$', true],
    ['/a+(b)$', '/aab', false],
    ['/[ab]', '/a', false],
    // The behaviour is chosen from the path that RFC 3986 makes of it.
    ['/signed/*', '/%73igned/a.jpg', true],
    ['/signed/*', '/x/../signed/a.jpg', true],
    ['/signed/*', '/./signed/a.jpg', true],
    ['/signed/*', '/x/%2e%2E/signed/a.jpg', true],
    ['/signed/*', '/signed/../a.jpg', false],
    ['/signed/*', '/../../signed/a.jpg', true],
    ['/signed/*', '/signed%2Fa.jpg', false],
    ['/a%2Fb', '/a%2fb', true],
    ['/signed/*', '//signed/a.jpg', false],
    ['/a/', '/a/b/..', true],
    ['/a/', '/a/.', true],
    ['*', '/a%0Ab', true],
    ['*', '/%', true],
  ]
  for (const [pattern, path, matches] of cases) {
    test(`${pattern} ${matches ? 'matches' : 'does not match'} ${path}`, () => {
      assert.equal(compilePathPattern(pattern)(path), matches)
    })
  }
})
