import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readViewerClass, type ViewerClass } from '../../grammar/accept.ts'

type Row = readonly [accept: string, expected: ViewerClass]

/** What browsers and tools send, each as of the version named. */
const sent: readonly (readonly [who: string, ...Row])[] = [
  [
    'Chrome 156 for img',
    'image/jxl,image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
    'avif',
  ],
  [
    'Chrome 156 for a page',
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
    'avif',
  ],
  ['Chrome 100 for img', 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', 'avif'],
  ['Chrome 80 for img', 'image/webp,image/apng,image/*,*/*;q=0.8', 'webp'],
  ['Firefox 128 for img', 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5', 'avif'],
  ['Firefox 92 for img', 'image/avif,image/webp,*/*', 'avif'],
  ['Firefox 65 for img', 'image/webp,*/*', 'webp'],
  [
    'Safari 13, without WebP, for img',
    'image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5',
    'none',
  ],
  ['Safari 14 for img', 'image/webp,image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5', 'webp'],
  [
    'Safari 16 for img',
    'image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
    'avif',
  ],
  ['curl and fetch', '*/*', 'none'],
  ['a client without the header', '', 'none'],
]

const made: readonly Row[] = [
  // Of ranges beyond any browser's the first 99.
  [`${'text/x,'.repeat(98)}image/webp`, 'webp'],
  [`${'text/x,'.repeat(99)}image/webp`, 'none'],
  // What is not named is not proved.
  ['image/*', 'none'],
  ['image/*;q=1', 'none'],
  ['image/jpeg', 'none'],
  // One name is enough, and AVIF implies WebP.
  ['image/avif', 'avif'],
  ['image/webp', 'webp'],
  // Weights.
  ['image/avif;q=1,image/webp;q=1', 'avif'],
  ['image/avif;q=0.001', 'avif'],
  ['image/avif;q=0.5,image/webp;q=0.5', 'avif'],
  ['image/avif;q=0.5,image/webp', 'webp'],
  ['image/avif;q=0.899,image/webp;q=0.9', 'webp'],
  ['image/avif,image/webp;q=0.1', 'avif'],
  ['image/avif;q=0', 'none'],
  ['image/avif;q=0.0', 'none'],
  ['image/avif;q=0.000', 'none'],
  ['image/avif;q=0,image/webp', 'webp'],
  ['image/webp;q=0', 'none'],
  ['image/webp;q=0.000,*/*', 'none'],
  // Who refuses WebP by name gets neither: an AVIF answer may turn out to be WebP.
  ['image/avif,image/webp;q=0', 'none'],
  // A weight that is malformed proves nothing.
  ['image/avif;q=', 'none'],
  ['image/avif;q=high', 'none'],
  ['image/avif;q="1"', 'none'],
  ['image/avif;q=1,5', 'avif'],
  ['image/avif;q=0.5.5', 'none'],
  ['image/avif;q=NaN,image/webp', 'webp'],
  // Spaces, case, parameters.
  [' image/avif ,\timage/webp ', 'avif'],
  ['image/avif ; q=0 , image/webp ; q=0.5', 'webp'],
  ['image/avif;\tq=0', 'none'],
  ['IMAGE/AVIF', 'avif'],
  ['Image/WebP;Q=0', 'none'],
  ['image/avif;depth=10;q=0', 'none'],
  ['image/avif;depth=10', 'avif'],
  ['image/avif;q=1;depth=10', 'avif'],
  ['image/avif;xq=0', 'avif'],
  [',,image/webp,,', 'webp'],
  // The first mention counts.
  ['image/webp;q=0,image/webp', 'none'],
  // Look-alikes.
  ['image/avif-sequence', 'none'],
  ['image/avif-sequence,image/webp', 'webp'],
  ['application/image/avif', 'none'],
  ['image/avif/x', 'none'],
  ['ximage/webp', 'none'],
  ['image/webp2', 'none'],
  ['text/plain;x=image/webp', 'none'],
  ['image/ avif', 'none'],
  ['avif,webp', 'none'],
  ['image/avif image/webp', 'none'],
]

/** What is no weight above 0, whatever else JavaScript (or some engines alone) would make of it. */
const noWeights = ['0', 'x', '0x1', '0b1', '', 'one', '.', '-0.5', '+1', '0.8x', '1.5', '2', 'Infinity']

suite('readViewerClass', () => {
  for (const [who, accept, expected] of sent) {
    test(`reads ${expected} from what ${who} sends`, () => {
      assert.equal(readViewerClass(accept), expected)
    })
  }

  for (const [accept, expected] of made) {
    test(`reads ${expected} from ${JSON.stringify(accept)}`, () => {
      assert.equal(readViewerClass(accept), expected)
    })
  }

  for (const weight of noWeights) {
    test(`takes a weight of ${weight} as proof of nothing`, () => {
      assert.equal(readViewerClass(`image/webp;q=${weight}`), 'none')
      assert.equal(readViewerClass(`image/avif;q=${weight},image/webp`), 'webp')
      // To the reader it is a WebP that is named and refused.
      assert.equal(readViewerClass(`image/avif,image/webp;q=${weight}`), 'none')
    })
  }
})
