import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { imageUrl } from '../../../signer/client/image-url.ts'
import { srcset } from '../../../signer/client/srcset.ts'
import { testSigner } from '../test-signer.ts'

suite('srcset', () => {
  test('takes the widths that sizes need', () => {
    const { srcset: candidates, src } = srcset('a.jpg', { sizes: '400px', aspect: '16:9' })
    assert.equal(
      candidates,
      [480, 640, 800, 1280].map((width) => `/a.jpg?aspect=16-9&width=${width} ${width}w`).join(', '),
    )
    assert.equal(src, '/a.jpg?aspect=16-9&width=1280')
  })

  test('takes the widths given', () => {
    const { urls } = srcset('a.jpg', { widths: [640, 320] }, { baseUrl: 'https://img.example.com' })
    assert.deepEqual(urls, [
      { url: 'https://img.example.com/a.jpg?width=320', descriptor: '320w' },
      { url: 'https://img.example.com/a.jpg?width=640', descriptor: '640w' },
    ])
  })

  test('takes densities', () => {
    const set = srcset('a.jpg', { width: 200, densities: [1, 2] })
    assert.equal(set.srcset, '/a.jpg?width=200 1x, /a.jpg?dpr=2&width=200 2x')
    assert.equal(set.src, imageUrl('a.jpg', { width: 200 }))
  })

  test('signs all of one set with one end', () => {
    const signer = testSigner()
    const signed = srcset('a.jpg', { sizes: '400px', gravity: 'attention' }, { signer })
    assert.deepEqual(
      signed,
      signer.signUrls('a.jpg', { gravity: 'attention' }, { widths: [480, 640, 800, 1280] }),
    )
    assert.deepEqual(
      srcset('a.jpg', { width: 100, densities: [1, 3] }, { signer }),
      signer.signUrls('a.jpg', { width: 100 }, { densities: [1, 3] }),
    )
  })

  for (const [set, message] of [
    [{ widths: [] }, /for widths/],
    [{ densities: [1] }, /^expected width, height or a preset/],
    [{ sizes: '10cm' }, /for sizes/],
  ] as const) {
    test(`refuses ${JSON.stringify(set)}`, () => assert.throws(() => srcset('a.jpg', set), { message }))
  }
})
