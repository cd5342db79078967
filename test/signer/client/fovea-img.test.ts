import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parameters } from '../../../grammar/parameters.ts'
import { defineFoveaImg } from '../../../signer/client/fovea-img.ts'
import {
  type FoveaImgAttributes,
  type FoveaImgOptions,
  parameterNames,
  readFoveaImg,
} from '../../../signer/client/fovea-img-attributes.ts'
import { imgAttributes } from '../../../signer/client/img-attributes.ts'

const chair = { src: 'chair.jpg', alt: 'A chair', width: '320', height: '240' }

/** The attributes of the image, and what was reported. */
function read(given: Readonly<Record<string, string>>, options: FoveaImgOptions = {}) {
  const reports: string[] = []
  const element = { getAttribute: (name: string) => given[name] ?? null }
  const attributes = readFoveaImg(element, options, ({ message }) => reports.push(message))
  return { attributes, reports }
}

suite('readFoveaImg', () => {
  test('takes every parameter of the table that an image of several widths can have, and no other', () => {
    const others = ['width', 'height', 'dpr', 'key', 'exp', 'kid', 'sig']
    const names = parameters.map(({ name }) => name).filter((name) => !others.includes(name))
    assert.ok(names.length > 30)
    assert.deepEqual(parameterNames.split(' ').sort(), names.sort())
  })

  test('has attributes that are typed from the table', () => {
    const typed: FoveaImgAttributes = {
      src: 'a.jpg',
      alt: '',
      width: 1,
      height: '1',
      aspect: '16:9',
      blur: 3,
    }
    // @ts-expect-error: no value of the language
    const wrong: FoveaImgAttributes = { ...typed, fit: 'squeeze' }
    assert.equal(Object.keys(wrong).length, 7)
  })

  for (const [name, own] of Object.entries<Record<string, string>>({
    'an image': {},
    'one that is first on the page': { priority: 'high', sizes: '100vw', placeholder: '#eee' },
    'one of other shape': { priority: 'eager', aspect: '16:9', fit: 'crop' },
  })) {
    test(`gives ${name} what imgAttributes does, with all widths of the ladder`, () => {
      const { aspect, fit, ...rest } = own
      const widths = [160, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840]
      const image = { ...rest, widths, parameters: JSON.parse(JSON.stringify({ aspect, fit })) }
      const expected = imgAttributes('chair.jpg', { alt: 'A chair', width: 320, height: 240, ...image })
      const { attributes, reports } = read({ ...chair, ...own })
      assert.deepEqual(Object.entries(attributes), Object.entries(expected))
      assert.deepEqual(reports, [])
    })
  }

  test('asks the host, its ladder, and no step beyond the first that holds the original', () => {
    const options = { baseUrl: 'https://img.example.com', ladder: [300, 600, 900] }
    const { attributes } = read({ ...chair, 'original-width': '500' }, options)
    assert.equal(
      attributes.srcset,
      'https://img.example.com/chair.jpg?width=300 300w, https://img.example.com/chair.jpg?width=600 600w',
    )
  })

  test('takes the widths that are given, a path for the key, and an attribute without value for 1', () => {
    const { attributes } = read({ ...chair, src: '/chair.jpg', widths: '640, 320', greyscale: '' })
    assert.equal(
      attributes.srcset,
      '/chair.jpg?greyscale=1&width=320 320w, /chair.jpg?greyscale=1&width=640 640w',
    )
  })

  for (const [name, value, message] of [
    ['width', 'wide', "expected a number above 0 for width but received 'wide'"],
    ['height', '-1', "expected a number above 0 for height but received '-1'"],
    ['original-width', '12px', "expected a number above 0 for original-width but received '12px'"],
    ['priority', 'low', "expected high, eager or lazy for priority but received 'low'"],
  ] as const) {
    test(`reports ${name} ${value}, and shows the image without it`, () => {
      const { attributes, reports } = read({ ...chair, [name]: value })
      assert.deepEqual(reports, [message])
      assert.equal(attributes.src, '/chair.jpg?width=1280')
      assert.equal(attributes[name], undefined)
      assert.doesNotMatch(JSON.stringify(attributes), /NaN|undefined/)
    })
  }

  test('reports what is missing', () => {
    const { attributes, reports } = read({ src: 'chair.jpg' })
    assert.equal(reports.length, 3)
    assert.equal(attributes.alt, '')
    assert.equal(attributes.sizes, 'auto, 100vw')
  })

  for (const src of ['', 'a//b.jpg', '../b.jpg', 'https://example.com/a.jpg', '\ud800']) {
    test(`reports the key ${JSON.stringify(src)}, and leaves its text`, () => {
      const { attributes, reports } = read({ ...chair, src })
      assert.equal(reports.length, 1)
      assert.match(reports[0] ?? '', /^expected .* for key but received/)
      assert.equal(attributes.alt, 'A chair')
      assert.equal(attributes.src, undefined)
      assert.equal(attributes.srcset, undefined)
    })
  }
})

suite('defineFoveaImg', () => {
  test('does nothing where there is no DOM', () => assert.equal(defineFoveaImg(), undefined))
})
