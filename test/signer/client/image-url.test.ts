import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { imageUrl } from '../../../signer/client/image-url.ts'
import type { ImageParameters } from '../../../signer/image-parameters.ts'
import { verifyUrl } from '../../../signer/verify-url.ts'
import { askEdge, baseUrl, kid, nowMs, secret, signedOnly, testSigner } from '../test-signer.ts'

const open = { ...signedOnly, access: [['', 'open']] as const }

suite('imageUrl', () => {
  for (const [key, parameters, expected] of [
    ['a.jpg', {}, '/a.jpg'],
    ['a.jpg', { width: 800, aspect: '16:9' }, '/a.jpg?aspect=16-9&width=800'],
    ['p/café & co.jpg', { width: 80 }, '/p/caf%C3%A9%20%26%20co.jpg?width=80'],
    ["it's (1)*!.jpg", {}, '/it%27s%20%281%29%2A%21.jpg'],
    [
      'a.jpg',
      { background: '#fff', width: 1, height: 2, fit: 'pad' },
      '/a.jpg?background=%23fff&fit=pad&height=2&width=1',
    ],
    ['a.jpg', { width: undefined, format: 'webp' }, '/a.jpg?format=webp'],
    ['a.jpg', { overlay: 'marks/a b+c.png' }, '/a.jpg?overlay=marks%2Fa%20b%2Bc.png'],
  ] satisfies [string, ImageParameters, string][]) {
    test(`writes ${expected}`, () => assert.equal(imageUrl(key, parameters), expected))
  }

  test('puts the host before it', () => {
    assert.equal(imageUrl('a.jpg', { width: 80 }, { baseUrl: `${baseUrl}/` }), `${baseUrl}/a.jpg?width=80`)
  })

  test('signs where there is a signer', () => {
    const signer = testSigner()
    const url = imageUrl('a.jpg', { width: 81, crop: '1_2_3_4' }, { signer })
    assert.equal(url, signer.signUrl('a.jpg', { width: 81, crop: '1_2_3_4' }))
    assert.ok(verifyUrl(url, { secrets: { [kid]: secret }, now: () => nowMs }).ok)
  })

  test('means at the edge what a signed URL means', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            width: fc.integer({ min: 1, max: 8192 }),
            aspect: fc.constantFrom('16:9', '4-3', '1:1'),
            gravity: fc.constantFrom('n', '0.3_0.75', 'attention'),
            background: fc.constantFrom('#fc8', 'white', '00000080'),
            quality: fc.oneof(fc.constantFrom('low', 'auto'), fc.integer({ min: 1, max: 100 })),
            blur: fc.constantFrom(0.3, 2.5),
            format: fc.constantFrom('auto', 'jpg', 'webp'),
          },
          { requiredKeys: [] },
        ),
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
          .map((name) => `p/${name}.jpg`.replaceAll('//', '/-')),
        (parameters, key) => {
          const given = parameters as ImageParameters
          const decide = (url: string) => {
            const { url: canonical, refusal } = askEdge(url, { settings: open })
            return canonical ? `${canonical.path}?${canonical.query}` : JSON.stringify(refusal)
          }
          let signed: string
          try {
            signed = testSigner().signUrl(key, given)
          } catch (error) {
            assert.throws(() => imageUrl(key, given), { message: (error as Error).message })
            return
          }
          assert.equal(decide(imageUrl(key, given)), decide(signed))
        },
      ),
    )
  })

  test('writes equal parameters alike in any order', () => {
    assert.equal(imageUrl('a.jpg', { width: 8, blur: 2 }), imageUrl('a.jpg', { blur: 2, width: 8 }))
  })

  for (const [key, host, message] of [
    ['', {}, /for key/],
    ['../a', {}, /for key/],
    [
      'a.jpg',
      { baseUrl: 'https://img.example.com/images' },
      /^expected https:\/\/HOST, without a path for baseUrl/,
    ],
    ['a.jpg', { baseUrl: 'img.example.com' }, /for baseUrl/],
  ] as const) {
    test(`refuses '${key}' ${JSON.stringify(host)}`, () => {
      assert.throws(() => imageUrl(key, {}, host), { message })
    })
  }
})
