import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { contentTypes, type OutputFormat } from '../../transformer/plan/format.ts'
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
