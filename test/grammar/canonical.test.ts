import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { revision } from '../../grammar/variant.ts'
import { canonicalOf, definedOnly, readText, rejectionOf, viewerWith } from './url-outcome.ts'

const written: readonly string[] = [
  '/x.jpg?rev=1&format=auto',
  '/x.jpg?rev=1&format=auto.webp',
  '/x.jpg?rev=1&format=auto.avif',
  '/x.jpg?rev=1&width=800&format=auto.avif',
  '/x.jpg?rev=1&height=8192&format=png',
  '/x.jpg?rev=1&aspect=16-9&gravity=north&format=webp',
  '/x.jpg?rev=1&width=800&height=600&fit=contain&gravity=southeast&background=ffffff&format=jpeg&quality=low',
  '/x.jpg?rev=1&width=1&height=1&fit=fill&format=avif&quality=100&version=2024.05_a-B',
  '/x.jpg?rev=1&background=11223344&format=auto.avif&quality=1',
  '/caf~C3~A9/a~2Bb~7E1.jpg?rev=1&width=320&format=auto.avif',
  '/rev~3D2/x~3Frev~3D3?rev=1&format=auto',
]

/** What a canonical URL is not, each with the code of its refusal. */
const refused: Readonly<Record<string, readonly string[]>> = {
  'not-canonical': [
    // Revisions count from 1 and are written without zeros.
    ...[
      'rev=0',
      'rev=01',
      'rev=x',
      'rev=',
      'rev=1x',
      'rev=-1',
      'rev=1.0',
      'rev=+1',
      'rev=%31',
      'rev=~31',
    ].map((rev) => `/x.jpg?${rev}&width=800&format=auto`),
    '/x.jpg?rev=1&rev=1&width=800&format=auto',
    '/x.jpg?rev=1&width=800&format=auto&rev=1',
    // No format.
    '/x.jpg?rev=1',
    '/x.jpg?rev=1&width=800',
    // Aliases of names and of values, letter case.
    '/x.jpg?rev=1&w=800&format=auto',
    '/x.jpg?rev=1&WIDTH=800&format=auto',
    '/x.jpg?rev=1&width=800&f=auto',
    '/x.jpg?rev=1&width=800&format=AUTO',
    '/x.jpg?rev=1&width=8&height=8&fit=pad&format=auto',
    '/x.jpg?rev=1&width=8&format=jpg',
    '/x.jpg?rev=1&aspect=16-9&gravity=n&format=auto',
    '/x.jpg?rev=1&background=fff&format=auto',
    '/x.jpg?rev=1&background=FFFFFF&format=auto',
    '/x.jpg?rev=1&background=ffffffff&format=auto',
    '/x.jpg?rev=1&aspect=16:9&format=auto',
    '/x.jpg?rev=1&aspect=32-18&format=auto',
    '/x.jpg?rev=1&width=0800&format=auto',
    // Defaults and what has no effect.
    '/x.jpg?rev=1&width=8&height=8&fit=cover&format=auto',
    '/x.jpg?rev=1&width=8&fit=contain&format=auto',
    '/x.jpg?rev=1&width=8&height=8&fit=contain&gravity=centre&format=auto',
    '/x.jpg?rev=1&width=8&gravity=north&format=auto',
    '/x.jpg?rev=1&width=8&aspect=1-1&format=auto',
    '/x.jpg?rev=1&background=00000000&format=auto',
    '/x.jpg?rev=1&format=auto&quality=auto',
    '/x.jpg?rev=1&format=png&quality=80',
    // What never reaches a canonical URL.
    '/x.jpg?rev=1&width=8&dpr=1&format=auto',
    '/x.jpg?rev=1&width=8&dpr=2&format=auto',
    '/x.jpg?rev=1&key=x.jpg&format=auto',
    '/x.jpg?rev=1&width=8&format=auto&utm_source=x',
    '/x.jpg?rev=1&width=8&format=auto&__proto__=x',
    '/x.jpg?rev=1&preset=card&format=auto',
    '/x.jpg?rev=1&aspect=16-9&preset=wide&format=auto&quality=high',
    '/x.jpg?rev=1&format=auto&embed=any',
    '/x.jpg?rev=1&width=auto&format=auto',
    // Empty pieces.
    '/x.jpg?rev=1&&width=8&format=auto',
    '/x.jpg?rev=1&width=8&format=auto&',
    // Another order.
    '/x.jpg?rev=1&format=auto&width=800',
    '/x.jpg?rev=1&height=8&width=8&format=auto',
    '/x.jpg?rev=1&version=1&format=auto',
    // Escapes that are needless, in lower case, or missing.
    '/%78.jpg?rev=1&format=auto',
    '/~78.jpg?rev=1&format=auto',
    '/a~2Db.jpg?rev=1&format=auto',
    '/a~2Fb.jpg?rev=1&format=auto',
    '/caf~c3~a9.jpg?rev=1&format=auto',
    '/caf%C3%A9.jpg?rev=1&format=auto',
    '/a%20b.jpg?rev=1&format=auto',
    '/a+b.jpg?rev=1&format=auto',
    '/a b.jpg?rev=1&format=auto',
    "/a'b.jpg?rev=1&format=auto",
    '/café.jpg?rev=1&format=auto',
    'x.jpg?rev=1&format=auto',
    '/x.jpg?rev=1&~77idth=800&format=auto',
    '/x.jpg?rev=1&format=auto&version=~61',
    '/x.jpg?rev=1&width=%38&format=auto',
    '/rev=2/x.jpg?rev=1&format=auto',
  ],
  'bad-value': [
    '/x.jpg?rev=1&width=8193&format=auto',
    '/x.jpg?rev=1&width=&format=auto',
    '/x.jpg?rev=1&width=8&format=auto.jpeg',
    '/x.jpg?rev=1&format=auto&version=~',
    '/x.jpg?rev=1&format=auto&version=~FF',
    '/x.jpg?rev=1&format=auto&quality=101',
    '/x.jpg?rev=1&format=auto&version=a~0A',
  ],
  contradiction: [
    '/x.jpg?rev=1&width=8&height=8&aspect=1-1&format=auto',
    '/x.jpg?rev=1&dpr=2&format=auto',
    '/x.jpg?rev=1&key=y.jpg&format=auto',
    '/x.jpg?rev=1&width=8&format=original',
  ],
  repeated: [
    '/x.jpg?rev=1&width=8&width=8&format=auto',
    '/x.jpg?rev=1&width=8&w=8&format=auto',
    '/x.jpg?rev=1&format=auto&format=auto',
  ],
  'bad-key': [
    '/?rev=1&format=auto',
    '?rev=1&format=auto',
    '//x.jpg?rev=1&format=auto',
    '/x/../y?rev=1&format=auto',
    '/~2E~2E/x?rev=1&format=auto',
    '/x/?rev=1&format=auto',
    '/~?rev=1&format=auto',
    '/~zz?rev=1&format=auto',
    '/~C0~AF?rev=1&format=auto',
    '/~FF?rev=1&format=auto',
    '/x~00?rev=1&format=auto',
    '/x~0A?rev=1&format=auto',
    '/x%?rev=1&format=auto',
  ],
}

const viewers = [
  viewerWith(),
  viewerWith({ accept: '' }),
  viewerWith({ accept: 'image/webp', 'save-data': 'on', 'sec-ch-dpr': '3', 'sec-ch-width': '100' }),
]

suite('a canonical URL', () => {
  for (const url of written) {
    test(`${url} is accepted, for any viewer, and written again`, () => {
      for (const viewer of viewers) assert.equal(canonicalOf(url, viewer), url)
    })
    test(`${url} of an older or other revision is read as the current one`, () => {
      for (const other of [2, 7, 10, 123456789012345]) {
        assert.equal(canonicalOf(url.replace('?rev=1', `?rev=${other}`)), url)
      }
    })
  }

  for (const [code, urls] of Object.entries(refused)) {
    for (const url of urls) {
      test(`${url} is refused as ${code}`, () => {
        for (const viewer of viewers) assert.equal(rejectionOf(url, viewer).code, code)
      })
    }
  }

  test('says what would have been written', () => {
    assert.deepEqual(rejectionOf('/a+b.jpg?rev=1&w=800&format=auto'), {
      status: 400,
      code: 'not-canonical',
      parameter: '',
      expected: `/a~2Bb.jpg?rev=${revision}&width=800&format=auto`,
      received: '/a+b.jpg?rev=1&w=800&format=auto',
    })
  })

  test('means the variant that the request meant', () => {
    const variant = readText('/p/a+b.jpg?w=800&h=600&fit=pad&g=n&bg=fff&q=70&v=3')
    const again = readText(canonicalOf('/p/a+b.jpg?w=800&h=600&fit=pad&g=n&bg=fff&q=70&v=3'))
    assert.equal(again.key, variant.key)
    assert.deepEqual(definedOnly(again.parameters), definedOnly(variant.parameters))
  })
})

suite('without rev in the first place', () => {
  test('a tilde in the path is literal', () => {
    assert.equal(readText('/a~20b.jpg?width=800').key, 'a~20b.jpg')
  })

  for (const format of ['auto.avif', 'auto.webp']) {
    test(`format=${format} is refused`, () => {
      const { code, parameter } = rejectionOf(`/x.jpg?width=800&format=${format}&rev=1`)
      assert.deepEqual([code, parameter], ['bad-value', 'format'])
    })
  }

  test('rev is an unknown parameter however it is spelt', () => {
    for (const rev of ['rev', 'REV=1', '%72ev=1', 'rev%20=1', '&rev=1', 'width=800&rev=1']) {
      assert.match(
        canonicalOf(`/a~b.jpg?${rev}&h=10`),
        /^\/a~7Eb\.jpg\?rev=1&(width=800&)?height=10&format=auto\.avif$/,
      )
    }
  })
})
