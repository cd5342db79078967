import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { readExif } from '../../transformer/original/exif.ts'
import { contentTypes, type OutputFormat } from '../../transformer/plan/format.ts'
import { makePhotograph } from '../images/photograph.ts'
import { makePrivate, secrets } from '../images/private-metadata.ts'
import { createTransformer, imageOf } from './run.ts'

const originals = ['jpeg', 'png', 'webp', 'avif', 'tiff'] as const
const formats = [...(Object.keys(contentTypes) as OutputFormat[]), 'original'] as const

/** How metadata begins in the formats that are written. */
const markers = [
  'Exif\0\0',
  'eXIf',
  'EXIF',
  'xpacket',
  'http://ns.adobe.com',
  'ICC_PROFILE',
  'iCCP',
  'ICCP',
  'Photoshop 3.0',
  'tEXt',
  'iTXt',
  'prof',
]

suite('no metadata', () => {
  for (const original of originals) {
    for (const format of formats) {
      test(`of ${original} is left in ${format}`, async () => {
        const picture = await makePrivate(original)
        const seen = secrets.filter((secret) => picture.includes(secret))
        assert.ok(seen.length >= 2, 'the original holds secrets')
        const { exif, xmp, icc } = await sharp(picture).metadata()
        assert.ok((original === 'tiff' || exif) && xmp && icc, 'and they are where metadata is')

        const bytes = imageOf(await createTransformer({ x: picture }).get('x', { format }))
        const left = [...secrets, ...markers].filter((text) => bytes.includes(text))
        assert.deepEqual(left, [])
        const metadata = await sharp(bytes).metadata()
        for (const name of ['exif', 'xmp', 'iptc', 'icc', 'tifftagPhotoshop', 'comments'] as const) {
          assert.equal(metadata[name], undefined, name)
        }
      })
    }
  }
})

/** The fields that an answer's metadata has, by the project's own reader and by sharp. */
async function readKept(bytes: Buffer) {
  const { exif, xmp, icc, orientation } = await sharp(bytes).metadata()
  return { exif: exif ? readExif(exif) : {}, xmp: xmp?.toString() ?? '', icc, orientation }
}

suite('the copyright alone', () => {
  for (const original of ['jpeg', 'png', 'webp', 'avif'] as const) {
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      test(`of ${original} is kept in ${format}`, async () => {
        const { get } = createTransformer({ x: await makePrivate(original) })
        const bytes = imageOf(await get('x', { format, width: 80, metadata: 'copyright' }))
        const { exif, xmp, icc } = await readKept(bytes)
        assert.deepEqual(exif, { ...nothing, artist: 'SecretPerson', copyright: 'SecretPerson' })
        assert.equal(icc, undefined)
        assert.match(xmp, /<dc:rights>.*SecretPerson/)
        const left = secrets.filter((secret) => bytes.includes(secret))
        assert.deepEqual(left, ['SecretPerson'])
      })
    }
  }

  test('is read from XMP, in letters of every language', async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Zoë &amp; 日本</rdf:li></rdf:Alt></dc:rights><dc:title>SecretPlace</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`
    const { get } = createTransformer({ x: await makePhotograph(40, 30).withXmp(xmp).jpeg().toBuffer() })
    const first = imageOf(await get('x', { format: 'webp', metadata: 'copyright' }))
    const kept = (await readKept(first)).xmp
    assert.match(kept, /© Zoë &#38; 日本/)
    assert.doesNotMatch(kept, /SecretPlace/)
  })

  test('of a picture that has none is nothing', async () => {
    const { get } = createTransformer({ x: await makePhotograph(40, 30).jpeg().toBuffer() })
    const given = { format: 'jpeg', width: 20 } as const
    assert.deepEqual(
      imageOf(await get('x', { ...given, metadata: 'copyright' })),
      imageOf(await get('x', given)),
    )
  })
})

suite('all metadata', () => {
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    test(`is kept in ${format}, upright and in sRGB`, async () => {
      const turned = await sharp(await makePrivate('jpeg'))
        .withMetadata({ orientation: 6 })
        .toBuffer()
      assert.equal((await sharp(turned).metadata()).orientation, 6)
      const bytes = imageOf(await createTransformer({ x: turned }).get('x', { format, metadata: 'all' }))
      const { exif, xmp, icc, orientation } = await readKept(bytes)
      assert.equal(exif.artist, 'SecretPerson')
      assert.equal(exif.takenAt, '2024-05-06T07:08:09')
      assert.deepEqual(exif.place, { latitude: 48.858333, longitude: 2.294444 })
      assert.match(xmp, /SecretPlace/)
      assert.equal(icc, undefined)
      assert.ok(orientation === 1 || format === 'avif')
      const { width, height } = await sharp(bytes).metadata()
      assert.equal(`${width}×${height}`, '120×160')
    })
  }
})

const nothing = { artist: undefined, copyright: undefined, takenAt: undefined, place: undefined }

suite('readExif', () => {
  test('reads nothing where there is nothing', () => {
    for (const text of [
      '',
      'Exif\0\0',
      'II',
      'II*\0',
      'MM\0*\xff\xff\xff\xff',
      'Exif\0\0II*\0\x08\0\0\0\xff\xff',
    ]) {
      const { place, ...texts } = { ...nothing, ...readExif(Buffer.from(text, 'latin1')) }
      assert.deepEqual({ place, ...texts }, nothing)
    }
  })

  test('takes a file that is damaged in any byte, and soon', async () => {
    const { exif } = await sharp(await makePrivate('jpeg')).metadata()
    assert.ok(exif && exif.length > 200)
    const startedAt = performance.now()
    for (let at = 0; at < exif.length; at++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const damaged = Buffer.from(exif)
        damaged[at] = value
        readExif(damaged)
        readExif(exif.subarray(0, at))
      }
    }
    assert.ok(performance.now() - startedAt < 3000)
  })
})
