import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parameters } from '../../../grammar/parameters.ts'
import {
  canMove,
  chooseFormat,
  contentTypes,
  maxAutoAvifPixels,
  type OutputFormat,
} from '../../../transformer/plan/format.ts'

type Asked = Parameters<typeof chooseFormat>[0]['format']
type Content = 'opaque' | 'transparent' | 'moving'

const chosen: Record<
  Exclude<Asked, 'original' | 'json' | 'thumbhash' | 'blurhash'>,
  Record<Content, OutputFormat>
> = {
  'auto.avif': { opaque: 'avif', transparent: 'avif', moving: 'webp' },
  'auto.webp': { opaque: 'webp', transparent: 'webp', moving: 'webp' },
  auto: { opaque: 'jpeg', transparent: 'png', moving: 'gif' },
  avif: { opaque: 'avif', transparent: 'avif', moving: 'avif' },
  webp: { opaque: 'webp', transparent: 'webp', moving: 'webp' },
  jpeg: { opaque: 'jpeg', transparent: 'jpeg', moving: 'jpeg' },
  png: { opaque: 'png', transparent: 'png', moving: 'png' },
  gif: { opaque: 'gif', transparent: 'gif', moving: 'gif' },
}

const own = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  tiff: 'png',
  svg: 'png',
} as const

suite('chooseFormat', () => {
  for (const [asked, byContent] of Object.entries(chosen)) {
    for (const [content, format] of Object.entries(byContent)) {
      test(`${asked} of ${content} content is ${format}`, () => {
        const source = { format: 'png', hasAlpha: content === 'transparent' } as const
        assert.equal(
          chooseFormat({ format: asked as Asked }, source, content === 'moving', 1_000_000),
          format,
        )
      })
    }
  }

  for (const [format, written] of Object.entries(own)) {
    test(`original of ${format} is ${written}`, () => {
      const source = { format: format as keyof typeof own, hasAlpha: false }
      assert.equal(chooseFormat({ format: 'original' }, source, false, 1_000_000), written)
    })
  }

  test('knows every format that a canonical URL can ask', () => {
    const kind = parameters.find((row) => row.name === 'format')?.canonicalKind as string
    assert.deepEqual(
      kind.split(' ').sort(),
      [...Object.keys(chosen), 'original', 'json', 'thumbhash', 'blurhash'].sort(),
    )
  })

  const lossless = {
    'auto.avif': 'webp',
    'auto.webp': 'webp',
    auto: 'png',
    avif: 'avif',
    original: 'png',
  } as const
  for (const [asked, format] of Object.entries(lossless)) {
    test(`${asked} of a JPEG whose pixels are all kept is ${format}`, () => {
      const given = { format: asked as Asked, lossless: '1' } as const
      assert.equal(chooseFormat(given, { format: 'jpeg', hasAlpha: false }, false, 1_000_000), format)
    })
  }

  test('gives viewers of AVIF WebP where AVIF would take too long', () => {
    const source = { format: 'jpeg', hasAlpha: false } as const
    assert.equal(chooseFormat({ format: 'auto.avif' }, source, false, maxAutoAvifPixels), 'avif')
    assert.equal(chooseFormat({ format: 'auto.avif' }, source, false, maxAutoAvifPixels + 1), 'webp')
  })

  test('gives AVIF at any size where it is named', () => {
    assert.equal(
      chooseFormat({ format: 'avif' }, { format: 'jpeg', hasAlpha: false }, false, 40_000_000),
      'avif',
    )
  })
})

suite('formats', () => {
  test('have a content type each, under their own name', () => {
    const types = Object.entries(contentTypes)
    assert.ok(types.length >= 5)
    for (const [format, type] of types) assert.equal(type, `image/${format}`)
  })

  test('that can move are WebP and GIF', () => {
    const moving = Object.keys(contentTypes).filter((format) => canMove(format as OutputFormat))
    assert.deepEqual(moving.sort(), ['gif', 'webp'])
  })
})
