import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { createNextLoader } from '../../../signer/client/next-loader.ts'
import { extract, type FoveaOperations, generate, transform } from '../../../signer/client/unpic.ts'
import { baseUrl, testSigner } from '../test-signer.ts'

suite('extract', () => {
  for (const [url, src, operations] of [
    ['/a.jpg', '/a.jpg', {}],
    ['/a.jpg?w=800&AR=16:9&fm=webp', '/a.jpg', { width: 800, aspect: '16:9', format: 'webp' }],
    [
      `${baseUrl}/p/caf%C3%A9.jpg?q=high&v=007#x`,
      `${baseUrl}/p/caf%C3%A9.jpg`,
      { quality: 'high', version: '007' },
    ],
    ['/p/b~20c.jpg?rev=1&width=80&format=auto.avif', '/p/b%20c.jpg', { width: 80 }],
    [
      '/a.jpg?rev=1&width=80&format=webp&overlay=m~2Bk.png',
      '/a.jpg',
      { width: 80, format: 'webp', overlay: 'm+k.png' },
    ],
    ['/?key=p/x.jpg&w=5', '/p/x.jpg', { width: 5 }],
    ['p/x.jpg?background=%23fff', '/p/x.jpg', { background: '#fff' }],
  ] as const) {
    test(`finds original and operations of ${url}`, () => {
      const found = extract(url)
      assert.deepEqual([found?.src, found?.operations], [src, operations])
    })
  }

  test('leaves out a signature, which no changed URL keeps', () => {
    const url = testSigner().signUrl('a.jpg', { width: 80 })
    assert.deepEqual(extract(new URL(url)), {
      src: `${baseUrl}/a.jpg`,
      operations: { width: 80 },
      options: { baseUrl },
    })
  })

  for (const url of [
    'https://other.example/a.jpg',
    'data:image/png;base64,AA',
    'blob:https://a/b',
    '',
    '/',
  ]) {
    test(`finds nothing in '${url}'`, () => assert.equal(extract(url, { baseUrl }), null))
  }
})

suite('generate', () => {
  test('rounds what components compute', () => {
    assert.equal(
      generate('/a.jpg', { width: 800.4, height: '600', quality: '80' }),
      '/a.jpg?height=600&quality=80&width=800',
    )
    assert.equal(generate('/a.jpg', { width: 'auto', quality: 'low' }), '/a.jpg?quality=low&width=auto')
  })

  test('puts the host of the options before what has none', () => {
    assert.equal(generate('a.jpg', { width: 8 }, { baseUrl }), `${baseUrl}/a.jpg?width=8`)
  })

  test('refuses what is on another host', () => {
    assert.throws(() => generate('https://other.example/a.jpg', {}, { baseUrl }), {
      message: /^expected an image of https:\/\/img\.example\.com for src/,
    })
  })
})

suite('transform', () => {
  test('changes the operations named, and keeps the others', () => {
    assert.equal(transform('/a.jpg?w=800&ar=16:9', { width: 400 }), '/a.jpg?aspect=16-9&width=400')
  })

  test('extract and generate undo each other', () => {
    const operations = fc.record(
      {
        width: fc.integer({ min: 1, max: 8192 }),
        gravity: fc.constantFrom('n', '0.3_0.75'),
        background: fc.constantFrom('#fc8', 'white'),
        quality: fc.constantFrom(50, 'low'),
        overlay: fc
          .string({ minLength: 1, maxLength: 9 })
          .filter((text) => !/^\d+$/.test(text) && !text.includes('+')),
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    fc.assert(
      fc.property(fc.webPath(), operations, (path, given) => {
        fc.pre(
          /^(?:\/(?!\.{0,2}(?:\/|$))[^/]+)+$/.test(decodeURIComponent(path)) &&
            !/%2f|%[01][\da-f]|%7f/i.test(path),
        )
        const url = generate(path, given as FoveaOperations, { baseUrl })
        assert.deepEqual(extract(url)?.operations, given)
        assert.equal(generate(extract(url)?.src ?? '', extract(url)?.operations ?? {}), url)
      }),
    )
  })
})

suite('createNextLoader', () => {
  const loader = createNextLoader({ baseUrl })
  for (const [input, expected] of [
    [{ src: '/a.jpg', width: 640 }, '/a.jpg?width=640'],
    [{ src: '/a.jpg?aspect=16:9', width: 640, quality: 75 }, '/a.jpg?aspect=16-9&quality=75&width=640'],
    [{ src: `${baseUrl}/a.jpg`, width: 640 }, '/a.jpg?width=640'],
  ] as const) {
    test(`gives ${JSON.stringify(input)} its URL`, () => assert.equal(loader(input), baseUrl + expected))
  }

  test('refuses a picture of another host instead of asking the wrong one', () => {
    assert.throws(() => loader({ src: 'https://other.example/a.jpg', width: 8 }), { message: /for src/ })
  })
})
