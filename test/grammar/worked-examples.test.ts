import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { canonicalOf, rejectionOf, viewerWith } from './url-outcome.ts'

interface Example {
  request: string
  /** Headers beside or in place of those of an AVIF viewer. */
  headers?: Record<string, string>
  canonical: string
}

const examples: readonly Example[] = [
  { request: '/p/chair.jpg?width=800', canonical: '/p/chair.jpg?rev=1&width=800&format=auto.avif' },
  {
    request: '/p/chair.jpg?width=800',
    headers: { accept: '*/*' },
    canonical: '/p/chair.jpg?rev=1&width=800&format=auto',
  },
  {
    request: '/p/chair.jpg?H=300&W=400&dpr=2&fm=JPG&utm_source=x',
    canonical: '/p/chair.jpg?rev=1&width=800&height=600&format=jpeg',
  },
  {
    request: '/p/chair.jpg?w=1000&ar=16:9',
    canonical: '/p/chair.jpg?rev=1&width=1000&height=563&format=auto.avif',
  },
  {
    request: '/p/chair.jpg?w=800&h=600&fit=pad&bg=%23FFF',
    canonical: '/p/chair.jpg?rev=1&width=800&height=600&fit=contain&background=ffffff&format=auto.avif',
  },
  {
    request: '/caf%C3%A9/a+b~1.jpg?w=320',
    canonical: '/caf~C3~A9/a~2Bb~7E1.jpg?rev=1&width=320&format=auto.avif',
  },
  {
    request: '/?key=x.jpg&w=auto&dpr=auto',
    canonical: '/x.jpg?rev=1&width=1920&format=auto.avif',
  },
  {
    request: '/p/chair.jpg?w=640',
    headers: { 'save-data': 'on' },
    canonical: '/p/chair.jpg?rev=1&width=640&format=auto.avif&quality=low',
  },
]

suite('worked examples', () => {
  for (const { request, headers, canonical } of examples) {
    const asked = headers ? `${request} with ${JSON.stringify(headers)}` : request
    test(`${asked} is ${canonical}`, () => {
      assert.equal(canonicalOf(request, viewerWith(headers)), canonical)
    })
  }

  test('/p/chair.jpg?w=5000&dpr=2 is refused: width × dpr is 10000, at most 8192', () => {
    const { expected, ...rejection } = rejectionOf('/p/chair.jpg?w=5000&dpr=2')
    assert.deepEqual(rejection, { status: 400, code: 'bad-value', parameter: 'width', received: '10000' })
    assert.match(expected, /up to 8192/)
  })

  test('everything at once is written in the order of the table', () => {
    assert.equal(
      canonicalOf('/x.jpg?v=2&q=70&f=webp&bg=fff&g=n&fit=pad&dpr=2&h=10&w=20&key=x.jpg'),
      '/x.jpg?rev=1&width=40&height=20&fit=contain&gravity=north&background=ffffff&format=webp&quality=70&version=2',
    )
  })
})
