import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { isBare } from '../../transformer/original/bare.ts'
import type { SourceFormat } from '../../transformer/original/signatures.ts'
import { makeAnimation } from '../images/animation.ts'
import { makeIccProfile } from '../images/icc-profile.ts'
import { embedProfile, insertSegment } from '../images/jpeg-segments.ts'
import { makePhotograph } from '../images/photograph.ts'
import { insertChunk } from '../images/png-chunks.ts'
import { createTransformer, imageOf } from './run.ts'

const { get, pictures } = createTransformer()

before(async () => {
  // At a quality so low that no variant of it is smaller.
  const low = { quality: 10 }
  pictures['small.jpg'] = await makePhotograph(160, 120).jpeg(low).toBuffer()
  pictures['progressive.jpg'] = await makePhotograph(160, 120)
    .jpeg({ ...low, progressive: true })
    .toBuffer()
  pictures['grey.jpg'] = await makePhotograph(160, 120).greyscale().jpeg(low).toBuffer()
  pictures['small.webp'] = await makePhotograph(160, 120).webp(low).toBuffer()
  pictures['small.png'] = await makePhotograph(160, 120).png({ palette: true, colours: 4 }).toBuffer()
  pictures['small.gif'] = await makePhotograph(160, 120).gif({ colours: 4 }).toBuffer()
  pictures['animation.gif'] = await makeAnimation('gif', 32, 24)
  pictures['animation.webp'] = await makeAnimation('webp', 32, 24)
  pictures['small.avif'] = await makePhotograph(160, 120).avif(low).toBuffer()
  pictures['cmyk.jpg'] = await makePhotograph(160, 120).toColourspace('cmyk').jpeg(low).toBuffer()
  pictures['large.jpg'] = await makePhotograph(160, 120).jpeg({ quality: 100 }).toBuffer()
})

/** Whether the answer is the original, byte by byte, and says so. */
async function passes(key: string, parameters: VariantParameters): Promise<boolean> {
  const received = await get(key, parameters)
  const same = imageOf(received).equals(pictures[key] as Buffer)
  assert.equal(/passed=original/.test(received.headers['x-fovea-variant'] ?? ''), same)
  return same
}

suite('the original itself', () => {
  const passed: readonly (readonly [key: string, parameters: VariantParameters])[] = [
    ['small.jpg', { format: 'auto' }],
    ['small.jpg', { format: 'auto.webp' }],
    ['small.jpg', { format: 'auto.avif', quality: 'high' }],
    ['small.jpg', { format: 'jpeg' }],
    ['small.jpg', { format: 'original' }],
    ['small.jpg', { format: 'auto', width: 160 }],
    ['small.jpg', { format: 'auto', width: 500 }],
    ['small.jpg', { format: 'auto', width: 160, height: 120 }],
    ['small.jpg', { format: 'auto.webp', lossless: '1' }],
    ['progressive.jpg', { format: 'auto' }],
    ['grey.jpg', { format: 'auto' }],
    ['small.webp', { format: 'auto.webp' }],
    ['small.webp', { format: 'webp' }],
    ['small.png', { format: 'original' }],
  ]
  for (const [key, parameters] of passed) {
    test(`is the answer to ${JSON.stringify(parameters).replace(/["{}]/g, '')} of ${key}, where it is smaller`, async () => {
      assert.ok(await passes(key, parameters))
      const { headers } = await get(key, parameters)
      const { format, width, height } = await sharp(pictures[key] as Buffer).metadata()
      assert.equal(headers['content-type'], `image/${format}`)
      assert.match(
        headers['x-fovea-variant'] ?? '',
        new RegExp(`^format=${format}, width=${width}, height=${height}, `),
      )
    })
  }

  const made: readonly (readonly [key: string, parameters: VariantParameters])[] = [
    ['large.jpg', { format: 'auto' }],
    ['small.jpg', { format: 'webp' }],
    ['small.jpg', { format: 'png' }],
    ['small.jpg', { format: 'auto', width: 159 }],
    ['small.jpg', { format: 'auto', width: 200, enlarge: '1' }],
    ['small.jpg', { format: 'jpeg', width: 100, height: 100 }],
    ['small.jpg', { format: 'jpeg', width: 160, height: 160, fit: 'contain' }],
    ['small.jpg', { format: 'jpeg', crop: '0_0_100_100' }],
    ['small.webp', { format: 'auto' }],
    ['small.avif', { format: 'auto.avif' }],
    ['cmyk.jpg', { format: 'auto' }],
    ['animation.gif', { format: 'gif', page: 1 }],
  ]
  for (const [key, parameters] of made) {
    test(`is not the answer to ${JSON.stringify(parameters).replace(/["{}]/g, '')} of ${key}`, async () => {
      assert.equal(await passes(key, parameters), false)
    })
  }

  test('is not the answer where it is damaged', async () => {
    const whole = pictures['small.jpg'] as Buffer
    pictures['damaged.jpg'] = Buffer.concat([
      whole.subarray(0, whole.length >> 1),
      Buffer.from('ffd9', 'hex'),
    ])
    assert.equal((await get('damaged.jpg', { format: 'auto' })).status, 415)
  })
})

suite('isBare', () => {
  const bare = [
    'small.jpg',
    'progressive.jpg',
    'grey.jpg',
    'small.webp',
    'animation.webp',
    'small.png',
    'small.gif',
    'animation.gif',
  ]
  for (const key of bare) {
    const format = key.replace(/.*\./, '').replace('jpg', 'jpeg') as SourceFormat
    test(`is true of ${key}`, () => assert.ok(isBare(pictures[key] as Buffer, format)))

    test(`is false of ${key} with data behind its end, or without its end`, () => {
      const bytes = pictures[key] as Buffer
      assert.equal(isBare(Buffer.concat([bytes, Buffer.from('secret12')]), format), false)
      for (let length = bytes.length - 1; length > 30; length = Math.floor(length * 0.9)) {
        assert.equal(isBare(bytes.subarray(0, length), format), false)
      }
    })
  }

  const jpeg = () => pictures['small.jpg'] as Buffer
  const text = (value: string) => Buffer.from(value, 'latin1')
  const foreign: Readonly<Record<string, [SourceFormat, () => Buffer]>> = {
    'a JPEG with EXIF': ['jpeg', () => insertSegment(jpeg(), 0xffe1, text('Exif\0\0MM\0*'))],
    'a JPEG with a comment': ['jpeg', () => insertSegment(jpeg(), 0xfffe, text('secret'))],
    'a JPEG with a thumbnail': ['jpeg', () => insertSegment(jpeg(), 0xffe0, text('JFXX\0\x10secret'))],
    'a JPEG with a C2PA manifest': ['jpeg', () => insertSegment(jpeg(), 0xffeb, text('JP\0\0secret'))],
    'a JPEG in Display P3': ['jpeg', () => embedProfile(jpeg(), makeIccProfile('display-p3'))],
    'a PNG with text': ['png', () => insertChunk(pictures['small.png'] as Buffer, 'tEXt', text('a\0secret'))],
    'a PNG with a gamma alone': [
      'png',
      () => insertChunk(pictures['small.png'] as Buffer, 'gAMA', Buffer.alloc(4, 1)),
    ],
    'an animated PNG': ['png', () => insertChunk(pictures['small.png'] as Buffer, 'acTL', Buffer.alloc(8))],
    'a GIF with a comment': ['gif', () => insertExtension(text('!\xfe\x06secret\0'))],
    'a GIF with XMP': ['gif', () => insertExtension(text('!\xff\x0bXMP DataXMP\x06secret\0'))],
    'a WebP with EXIF': ['webp', () => appendChunk('EXIF')],
    'a WebP with a chunk that nobody knows': ['webp', () => appendChunk('abcd')],
    'an AVIF': ['avif', () => pictures['small.avif'] as Buffer],
    'a TIFF': ['tiff', () => Buffer.from('II*\0')],
    'an SVG': ['svg', () => Buffer.from('<svg/>')],
  }
  for (const [name, [format, make]] of Object.entries(foreign)) {
    test(`is false of ${name}`, () => assert.equal(isBare(make(), format), false))
  }

  test('is true of a JPEG that says that it is in sRGB, and the same as PNG', () => {
    const profile = Buffer.concat([
      Buffer.alloc(128),
      text('desc\0\0\0\0sRGB IEC61966-2.1'),
      Buffer.alloc(300),
    ])
    assert.ok(isBare(embedProfile(jpeg(), profile), 'jpeg'))
    const named = insertChunk(pictures['small.png'] as Buffer, 'sRGB', Buffer.alloc(1))
    assert.ok(isBare(insertChunk(named, 'gAMA', Buffer.alloc(4)), 'png'))
  })
})

/** Behind the colours of the whole. */
function insertExtension(extension: Buffer): Buffer {
  const gif = pictures['small.gif'] as Buffer
  const flags = gif.readUInt8(10)
  const at = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)
  return Buffer.concat([gif.subarray(0, at), extension, gif.subarray(at)])
}

function appendChunk(name: string): Buffer {
  const webp = Buffer.concat([
    pictures['small.webp'] as Buffer,
    Buffer.from(`${name}\x06\0\0\0secret`, 'latin1'),
  ])
  webp.writeUInt32LE(webp.length - 8, 4)
  return webp
}
