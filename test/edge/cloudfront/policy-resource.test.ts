import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { matchesResource } from '../../../edge/cloudfront/policy-resource.ts'

suite('matchesResource', () => {
  const cases: readonly (readonly [resource: string, url: string, matches: boolean])[] = [
    ['*', 'h/', true],
    ['*', 'h:8080/a/b.jpg?x=1', true],
    ['https://h/a.jpg', 'h/a.jpg', true],
    ['http://h/a.jpg', 'h/a.jpg', true],
    ['http*://h/a.jpg', 'h/a.jpg', true],
    ['*://h/a.jpg', 'h/a.jpg', true],
    ['ftp://h/a.jpg', 'h/a.jpg', false],
    ['h/a.jpg', 'h/a.jpg', false],
    ['', 'h/', false],
    ['https://h/a.jpg', 'h/b.jpg', false],
    ['https://h/a.jpg', 'h/A.jpg', false],
    ['https://h/a.jpg', 'h:8080/a.jpg', false],
    ['https://h/a.jpg', 'i/a.jpg', false],
    ['https://h/a.jpg', 'h/axjpg', false],
    ['https://h/a.jpg', 'h/a.jpg?x=1', false],
    ['https://h/a.jpg', 'h/private/a.jpg', false],
    ['https://h/a.jpg?x=1', 'h/a.jpg?x=1', true],
    ['https://h/a.jpg\\?x=1', 'h/a.jpg?x=1', true],
    ['https://h/a.jpg?x=1', 'h/a.jpg', false],
    ['https://h/a.jpg?x=1', 'h/a.jpg?x=2', false],
    ['https://h/a.jpg?x=1', 'h/a.jpg?x=1&y=2', false],
    ['https://h/a.jpg?x=*', 'h/a.jpg?x=1&y=2', true],
    // The guide's own examples of sections and of the exceptions.
    ['https://www.example.com/hello*world', 'www.example.com/helloworld', true],
    ['https://www.example.com/hello*world', 'www.example.com/hello-world', true],
    ['https://www.example.com/hello*world', 'www.example.com/hello?world', false],
    ['https://www.example.com/hello*world', 'www.example.net/hello-world', false],
    ['https://h/*game_download.zip*', 'h/game_download.zip', true],
    ['https://h/*game_download.zip*', 'h/example_game_download.zip?license=yes', true],
    ['https://h/hello*', 'h/hello/there?x=1', true],
    ['https://h/hello*', 'h/goodbye', false],
    ['https://h/hello*\\?x=*', 'h/hello?y=1', false],
    ['https://h*', 'h.example/a/b?x=1', true],
    ['https://*', 'h/a/b?x=1', true],
    ['*example.com', 'www.example.com/', true],
    ['*example.com', 'www.example.com/a', false],
    ['*/private/*', 'h/private/a.jpg', true],
    ['https://*/private/*', 'h/public/a.jpg', false],
    ['https://h/private/*', 'h/private/a/b.jpg', true],
    ['https://h/private/*', 'h/private', false],
    ['https://h/private/*', 'i/h/private/a.jpg', false],
    ['https://h/a?.jpg', 'h/ab.jpg', true],
    ['https://h/a?.jpg', 'h/abc.jpg', false],
    ['https://h/a?.jpg?x=?', 'h/ab.jpg?x=1', true],
    ['https://h/a(b)+$', 'h/a(b)+$', true],
  ]
  for (const [resource, url, matches] of cases) {
    test(`${resource || 'nothing'} ${matches ? 'covers' : 'does not cover'} ${url}`, () => {
      const [, domain = '', path = '', query = ''] = /^([^/]+)([^?]+)\??(.*)$/.exec(url) ?? []
      assert.equal(matchesResource(resource, { domain, path, query }), matches)
    })
  }
})
