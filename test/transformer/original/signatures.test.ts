import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findSignature } from '../../../transformer/original/signatures.ts'
import { makeAnimation } from '../../images/animation.ts'
import { drawSvg } from '../../images/drawing.ts'
import { foreignFormats, makeBox, strangers } from '../../images/foreign-formats.ts'
import { makePhotograph } from '../../images/photograph.ts'

const picture = makePhotograph(16, 12)

const readable: readonly (readonly [format: string, name: string, make: () => Buffer | Promise<Buffer>])[] = [
  ['jpeg', 'a JPEG', () => picture.clone().jpeg().toBuffer()],
  ['png', 'a PNG', () => picture.clone().png().toBuffer()],
  ['webp', 'a WebP', () => picture.clone().webp().toBuffer()],
  ['webp', 'a WebP animation', () => makeAnimation('webp', 8, 8)],
  ['avif', 'an AVIF', () => picture.clone().avif().toBuffer()],
  ['avif', 'an AVIF that is called mif1 first', () => makeBox('mif1', 'avif', 'miaf')],
  ['avif', 'an AVIF sequence', () => makeBox('avis', 'msf1', 'avif')],
  ['gif', 'a GIF', () => makeAnimation('gif', 8, 8)],
  ['gif', 'a GIF of 1987', () => Buffer.from('GIF87a\x01\0\x01\0')],
  ['tiff', 'a TIFF', () => picture.clone().tiff().toBuffer()],
  ['tiff', 'a TIFF of Motorola byte order', () => Buffer.from('4d4d002a00000008', 'hex')],
  ['tiff', 'a BigTIFF', () => Buffer.from('49492b0008000000', 'hex')],
  ['svg', 'an SVG', () => drawSvg('width="1" height="1"', '')],
  [
    'svg',
    'an SVG behind an XML declaration',
    () => drawSvg('', '', '<?xml version="1.0" encoding="UTF-8"?>\n'),
  ],
  ['svg', 'an SVG behind a byte order mark', () => drawSvg('', '', '\uFEFF')],
  ['svg', 'an SVG behind comments', () => drawSvg('', '', '<!-- a > b -->\n<!-- made by <svg> -->\n')],
  [
    'svg',
    'an SVG behind a doctype',
    () => drawSvg('', '', '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'),
  ],
  ['svg', 'an SVG behind a doctype with entities', () => drawSvg('', '', '<!DOCTYPE svg [<!ENTITY a "b">]>')],
  ['svg', 'an SVG with a prefix', () => Buffer.from('<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>')],
]

suite('findSignature', () => {
  for (const [format, name, make] of readable) {
    test(`reads ${name} as ${format}`, async () => {
      const found = findSignature(await make())
      assert.deepEqual({ format: found?.format, readable: found?.readable }, { format, readable: true })
    })
  }

  for (const [format, bytes] of Object.entries(foreignFormats)) {
    test(`knows ${format} and that it is not read`, () => {
      const found = findSignature(bytes)
      assert.deepEqual({ format: found?.format, readable: found?.readable }, { format, readable: false })
    })
  }

  for (const [name, bytes] of Object.entries(strangers)) {
    test(`does not know ${name}`, () => assert.equal(findSignature(bytes), undefined))
  }

  test('sees in no first bytes of a picture, however few, a reason to fail', async () => {
    for (const [, , make] of readable) {
      const bytes = await make()
      for (let length = 0; length < Math.min(bytes.length, 40); length++)
        findSignature(bytes.subarray(0, length))
    }
  })

  // Beginnings of XML that a regular expression may read in many ways. At exponential cost these take seconds.
  const ambiguous = {
    comments: '<!---->'.repeat(27),
    'doctypes with brackets': '<!DOCTYPE a[]>'.repeat(27),
    'comments that do not end': '<!--'.repeat(1000),
    'white space': ' '.repeat(4096),
    declarations: '<?xml?>'.repeat(500),
  }
  for (const [name, text] of Object.entries(ambiguous)) {
    test(`takes no longer than 300 ms for ${name}`, () => {
      const startedAt = performance.now()
      assert.equal(findSignature(Buffer.from(text)), undefined)
      const tookMs = performance.now() - startedAt
      assert.ok(tookMs < 300, `took ${tookMs.toFixed(0)} ms`)
    })
  }
})
