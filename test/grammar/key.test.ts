import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { canonicalOf, readText, rejectionOf, splitUrl } from './url-outcome.ts'

interface Accepted {
  url: string
  key: string
  /** The path of the canonical URL. */
  path: string
}

const accepted: readonly Accepted[] = [
  { url: '/x.jpg', key: 'x.jpg', path: '/x.jpg' },
  { url: '/p/a-b_c.d/x.jpg', key: 'p/a-b_c.d/x.jpg', path: '/p/a-b_c.d/x.jpg' },
  { url: '/%78.jpg', key: 'x.jpg', path: '/x.jpg' },
  // Case and names of three dots and more are the key's own.
  { url: '/P/X.JPG', key: 'P/X.JPG', path: '/P/X.JPG' },
  { url: '/.../x', key: '.../x', path: '/.../x' },
  { url: '/.hidden', key: '.hidden', path: '/.hidden' },
  { url: '/..a/b..', key: '..a/b..', path: '/..a/b..' },
  // Unicode, as sent or in bytes; nothing is normalised: é can be one letter or two.
  { url: '/caf%C3%A9.jpg', key: 'café.jpg', path: '/caf~C3~A9.jpg' },
  { url: '/caf%c3%a9.jpg', key: 'café.jpg', path: '/caf~C3~A9.jpg' },
  { url: '/caf\u00e9.jpg', key: 'café.jpg', path: '/caf~C3~A9.jpg' },
  { url: '/cafe%CC%81.jpg', key: 'cafe\u0301.jpg', path: '/cafe~CC~81.jpg' },
  { url: '/%E6%97%A5%E6%9C%AC', key: '日本', path: '/~E6~97~A5~E6~9C~AC' },
  { url: '/%F0%9F%A6%8A', key: '🦊', path: '/~F0~9F~A6~8A' },
  // Punctuation.
  { url: '/a%20b', key: 'a b', path: '/a~20b' },
  { url: '/a b', key: 'a b', path: '/a~20b' },
  { url: '/a+b', key: 'a+b', path: '/a~2Bb' },
  { url: '/a%2Bb', key: 'a+b', path: '/a~2Bb' },
  { url: '/100%25', key: '100%', path: '/100~25' },
  { url: '/a~b', key: 'a~b', path: '/a~7Eb' },
  { url: '/a~20b', key: 'a~20b', path: '/a~7E20b' },
  { url: `/%22'()*!`, key: `"'()*!`, path: '/~22~27~28~29~2A~21' },
  { url: '/%3F&=%23', key: '?&=#', path: '/~3F~26~3D~23' },
  { url: '/%5B@:$,;%5D', key: '[@:$,;]', path: '/~5B~40~3A~24~2C~3B~5D' },
  { url: '/a%5Cb', key: 'a\\b', path: '/a~5Cb' },
  // Decoded once.
  { url: '/a%252Fb', key: 'a%2Fb', path: '/a~252Fb' },
  { url: '/%252e%252e/x', key: '%2e%2e/x', path: '/~252e~252e/x' },
  // By name: a space is + or %20, and a slash may be encoded, as form encoders write it.
  { url: '/?key=p/x.jpg', key: 'p/x.jpg', path: '/p/x.jpg' },
  { url: '/?KEY=p%2Fx.jpg', key: 'p/x.jpg', path: '/p/x.jpg' },
  { url: '?key=x.jpg', key: 'x.jpg', path: '/x.jpg' },
  { url: '/?key=a+b%2Bc', key: 'a b+c', path: '/a~20b~2Bc' },
  { url: '/?key=P%C3%89.JPG', key: 'PÉ.JPG', path: '/P~C3~89.JPG' },
  // By both, in agreement.
  { url: '/p/x.jpg?key=p/x.jpg', key: 'p/x.jpg', path: '/p/x.jpg' },
  { url: '/a%20b?key=a+b', key: 'a b', path: '/a~20b' },
  { url: '/a+b?key=a%2Bb', key: 'a+b', path: '/a~2Bb' },
]

const refused: readonly string[] = [
  ...['', '/', '/?key=', '//', '//x', '/x/', '/x//y', '/x//', '/?key=/x', '/?key=x/', '/?key=x//y'],
  ...['/.', '/..', '/./x', '/../x', '/x/.', '/x/..', '/x/./y', '/x/../y', '/?key=../x', '/?key=x/..'],
  // The same in disguise.
  ...['/%2e%2e/x', '/%2E/x', '/x/%2e%2E', '/.%2e/x', '/?key=%2e%2e/x', '/%2Fx', '/x%2Fy', '/x%2fy'],
  ...['/..%2fx', '/x%2F', '/%2f'],
  // Control characters.
  ...['/%00', '/x%00.jpg', '/x%0A', '/%0Dx', '/x%09y', '/x%1Fy', '/x%7F', '/x\ny'],
  // Percent-encoding that is broken, and UTF-8 that is: overlong, a surrogate, cut off, above U+10FFFF, Latin-1.
  ...['/%', '/x%', '/x%2', '/x%zz', '/%u0041', '/%C0%AF', '/%C0%AE%C0%AE/x', '/%E0%80%AF', '/%ED%A0%80'],
  ...['/%E2%82', '/%F4%90%80%80', '/%FF', '/caf%E9', '/%80'],
]

const contradicted: readonly string[] = [
  '/x.jpg?key=y.jpg',
  '/x?key=X',
  '/a+b?key=a+b',
  '/x?key=/x',
  '/x?key=.',
]

suite('the key of a URL', () => {
  for (const { url, key, path } of accepted) {
    test(`of ${url} is ${key}, written ${path}`, () => {
      assert.equal(readText(url).key, key)
      const canonical = canonicalOf(url)
      assert.equal(splitUrl(canonical)[0], path)
      assert.equal(readText(canonical).key, key)
    })
  }

  for (const url of refused) {
    test(`refuses ${JSON.stringify(url)}`, () => {
      const { code, parameter } = rejectionOf(url)
      assert.equal(parameter, 'key')
      assert.equal(code, 'bad-key')
    })
  }

  for (const url of contradicted) {
    test(`refuses ${url}, whose path and key disagree`, () => {
      const { code, parameter } = rejectionOf(url)
      assert.deepEqual([code, parameter], ['contradiction', 'key'])
    })
  }

  test('refuses an encoded slash in the path also where key spells it out', () => {
    assert.equal(rejectionOf('/a%2Fb?key=a/b').parameter, 'key')
  })

  for (const url of [
    '/?key=%FF',
    '/?key=%',
    '/?key=%00',
    '/?key=x%00',
    '/?key=x%0A',
    '/x.jpg?key=x.jpg%0A',
  ]) {
    test(`refuses ${url}, as a key or as a value`, () => {
      assert.equal(rejectionOf(url).parameter, 'key')
    })
  }

  const atLimit: readonly (readonly [what: string, character: string, bytes: number])[] = [
    ['a', 'a', 1],
    ['~', '~', 1],
    ['é', '%C3%A9', 2],
    ['日', '%E6%97%A5', 3],
    ['🦊', '%F0%9F%A6%8A', 4],
  ]
  for (const [what, character, bytes] of atLimit) {
    test(`takes 1,024 bytes of ${what} and refuses 1,025`, () => {
      const filler = 'x'.repeat(1024 % bytes)
      const longest = character.repeat(Math.floor(1024 / bytes)) + filler
      assert.equal(Buffer.byteLength(readText(`/${longest}`).key), 1024)
      assert.equal(Buffer.byteLength(readText(`/?key=${longest}`).key), 1024)
      assert.equal(canonicalOf(canonicalOf(`/${longest}`)), canonicalOf(`/${longest}`))
      assert.equal(rejectionOf(`/${longest}x`).code, 'bad-key')
      assert.equal(rejectionOf(`/?key=${longest}x`).code, 'bad-key')
      assert.equal(
        rejectionOf(`${splitUrl(canonicalOf(`/${longest}`))[0]}x?rev=1&format=auto`).code,
        'bad-key',
      )
    })
  }

  test('says how the key was spelt', () => {
    const { received, expected } = rejectionOf('/a%2Fb')
    assert.equal(received, '/a%2Fb')
    assert.match(expected, /^1\.\.1024 bytes/)
    assert.equal(rejectionOf('/?key=a//b').received, 'a//b')
  })
})
