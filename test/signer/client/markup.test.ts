import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { rgbaToThumbHash } from 'thumbhash'
import { imgAttributes, preloadAttributes } from '../../../signer/client/img-attributes.ts'
import { imgMarkup, pictureMarkup, preloadMarkup } from '../../../signer/client/markup.ts'
import { thumbhashPlaceholder } from '../../../signer/client/placeholder.ts'
import { testSigner } from '../test-signer.ts'

const image = { alt: 'A chair', width: 640, height: 480 }

suite('imgAttributes', () => {
  test('are those of an image below the fold', () => {
    assert.deepEqual(imgAttributes('a.jpg', { ...image, widths: [320, 640] }), {
      alt: 'A chair',
      width: '640',
      height: '480',
      loading: 'lazy',
      decoding: 'async',
      sizes: 'auto, (max-width: 640px) 100vw, 640px',
      srcset: '/a.jpg?width=320 320w, /a.jpg?width=640 640w',
      src: '/a.jpg?width=640',
    })
  })

  test('have the browser fetch the largest image first, and say no auto, which is for lazy ones alone', () => {
    const { loading, decoding, fetchpriority, sizes } = imgAttributes('a.jpg', {
      ...image,
      sizes: '50vw',
      priority: 'high',
    })
    assert.deepEqual([loading, decoding, fetchpriority, sizes], [undefined, undefined, 'high', '50vw'])
  })

  test('say nothing of priority for others on the first screen', () => {
    const { loading, fetchpriority } = imgAttributes('a.jpg', { ...image, priority: 'eager' })
    assert.deepEqual([loading, fetchpriority], [undefined, undefined])
  })

  test('name sizes and loading before srcset and src', () => {
    const names = Object.keys(imgAttributes('a.jpg', image))
    for (const early of ['loading', 'sizes', 'width']) {
      assert.ok(names.indexOf(early) < names.indexOf('srcset'), early)
    }
    assert.equal(names.at(-1), 'src')
  })

  test('show a colour or a picture until the image is there', () => {
    const style = (placeholder: string, attributes?: Record<string, string>) =>
      imgAttributes('a.jpg', { ...image, placeholder, attributes }).style
    assert.equal(style('#fc8'), 'background:#fc8')
    assert.equal(style('red', { style: 'color:blue' }), 'color:blue;background:red')
    assert.equal(style('red;position:fixed'), 'background:redposition:fixed')
    assert.equal(style('data:,a"b'), 'background:center/cover no-repeat url("data:,a%22b")')
  })

  test('keep those given besides, but for their own', () => {
    const { class: name, src } = imgAttributes('a.jpg', {
      ...image,
      attributes: { class: 'hero', src: 'x' },
    })
    assert.deepEqual([name, src.slice(0, 7)], ['hero', '/a.jpg?'])
  })
})

suite('preloadAttributes', () => {
  test('name what the image itself will ask for', () => {
    const hero = { ...image, sizes: '100vw', priority: 'high', parameters: { aspect: '16:9' } } as const
    const { srcset, sizes, src } = imgAttributes('a.jpg', hero)
    assert.deepEqual(preloadAttributes('a.jpg', { ...hero, media: '(min-width: 40rem)' }), {
      rel: 'preload',
      as: 'image',
      media: '(min-width: 40rem)',
      href: src,
      imagesrcset: srcset,
      imagesizes: sizes,
      fetchpriority: 'high',
    })
  })
})

suite('markup', () => {
  test('escapes every value', () => {
    const markup = imgMarkup('a"&b.jpg', {
      ...image,
      alt: `"><script>alert('1')</script>&amp;`,
      widths: [80],
      attributes: { 'data-x': '<&>' },
    })
    assert.equal(
      markup,
      '<img data-x="&#60;&amp;&#62;" alt="&#34;&#62;&#60;script&#62;alert(&#39;1&#39;)&#60;/script&#62;&amp;amp;"' +
        ' width="640" height="480" loading="lazy" decoding="async" sizes="auto, (max-width: 640px) 100vw, 640px"' +
        ' srcset="/a%22%26b.jpg?width=80 80w" src="/a%22%26b.jpg?width=80">',
    )
  })

  for (const name of ['onload="x" y', 'a>', '']) {
    test(`refuses the attribute '${name}'`, () => {
      assert.throws(() => imgMarkup('a.jpg', { ...image, attributes: { [name]: '' } }), {
        message: /^expected names of HTML for attributes/,
      })
    })
  }

  test('of a picture has its sources before it, each with its own shape', () => {
    const markup = pictureMarkup('wide.jpg', {
      ...image,
      widths: [640],
      parameters: { quality: 'high' },
      sources: [
        { media: '(max-width: 40rem)', key: 'tall.jpg', width: 300, height: 400, widths: [320] },
        { media: '(min-width: 90rem)', parameters: { aspect: '3:2' } },
      ],
    })
    assert.equal(
      markup,
      '<picture><source media="(max-width: 40rem)" width="300" height="400" sizes="auto, (max-width: 300px) 100vw, 300px"' +
        ' srcset="/tall.jpg?quality=high&amp;width=320 320w">' +
        '<source media="(min-width: 90rem)" width="640" height="480" sizes="auto, (max-width: 640px) 100vw, 640px"' +
        ' srcset="/wide.jpg?aspect=3-2&amp;width=640 640w">' +
        '<img alt="A chair" width="640" height="480" loading="lazy" decoding="async"' +
        ' sizes="auto, (max-width: 640px) 100vw, 640px" srcset="/wide.jpg?quality=high&amp;width=640 640w"' +
        ' src="/wide.jpg?quality=high&amp;width=640"></picture>',
    )
  })

  test('of a preload link is one tag', () => {
    assert.match(
      preloadMarkup('a.jpg', { ...image, widths: [80] }),
      /^<link rel="preload" as="image" href="\/a\.jpg\?width=80" imagesrcset="[^"]+" imagesizes="[^"]+" fetchpriority="high">$/,
    )
  })

  test('is signed where there is a signer', () => {
    const signer = testSigner()
    const markup = imgMarkup('a.jpg', { ...image, widths: [80] }, { signer })
    assert.ok(markup.includes(`src="${signer.signUrl('a.jpg', { width: 80 }).replaceAll('&', '&amp;')}"`))
  })
})

suite('thumbhashPlaceholder', () => {
  test('is a picture in PNG', () => {
    const hash = rgbaToThumbHash(4, 3, new Uint8Array(48).fill(200))
    assert.match(
      thumbhashPlaceholder(Buffer.from(hash).toString('base64')),
      /^data:image\/png;base64,iVBORw0KGgo/,
    )
  })

  for (const text of ['', 'no base64!', 'A'.repeat(60)]) {
    test(`refuses '${text}'`, () => {
      assert.throws(() => thumbhashPlaceholder(text), { message: /^expected base64 for thumbhash/ })
    })
  }
})
