import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Choice, planCandidates, planChoice } from '../../../transformer/plan/candidates.ts'
import { type Encoder, planEncoder } from '../../../transformer/plan/encoder.ts'

const photograph = { opaque: true, colours: 4097, flatness: 0.4 }
const graphic = { opaque: true, colours: 1000, flatness: 0.9 }
const palette = { opaque: true, colours: 200, flatness: 0.9 }
const size = { width: 800, height: 600 }
const tiny = { width: 63, height: 63 }

/** A word for each encoder, in order. */
function name(encoders: readonly Encoder[]): string {
  return encoders
    .map(({ format, options }) => {
      const lossless = 'lossless' in options && options.lossless ? ' lossless' : ''
      return format + lossless + ('palette' in options && options.palette ? ' palette' : '')
    })
    .join(', ')
}

const planned = { auto: 'jpeg', 'auto.webp': 'webp', 'auto.avif': 'avif', png: 'png' } as const

const rows: readonly (readonly [Choice, typeof photograph, typeof size, string])[] = [
  ['auto', photograph, size, 'jpeg'],
  ['auto', { ...photograph, opaque: false }, size, 'png'],
  ['auto', graphic, size, 'png, jpeg'],
  ['auto', palette, size, 'png palette, png, jpeg'],
  ['auto', { ...palette, opaque: false }, size, 'png palette, png'],
  ['auto', photograph, tiny, 'png, jpeg'],
  ['auto.webp', photograph, size, 'webp'],
  ['auto.webp', { ...photograph, opaque: false }, size, 'webp'],
  ['auto.webp', graphic, size, 'webp lossless, webp'],
  ['auto.webp', photograph, tiny, 'webp lossless, webp'],
  ['auto.avif', photograph, size, 'avif'],
  ['auto.avif', graphic, size, 'webp lossless, avif'],
  ['auto.avif', photograph, tiny, 'webp lossless, webp'],
  ['auto.avif', photograph, { width: 63, height: 64 }, 'avif'],
  ['png', photograph, size, 'png'],
  ['png', palette, size, 'png palette, png'],
]

suite('planCandidates', () => {
  for (const [choice, content, sides, expected] of rows) {
    const { opaque, colours, flatness } = content
    test(`${choice} with ${colours} colours, ${flatness} flat, ${opaque ? '' : 'not '}opaque, ${sides.width}×${sides.height}: ${expected}`, () => {
      const encoder = planEncoder(planned[choice], 75, sides.width * sides.height)
      assert.equal(name(planCandidates(choice, encoder, 75, content, sides)), expected)
    })
  }
})

suite('planCandidates of AVIF', () => {
  test('makes as much effort as the detail allows', () => {
    const encoder = planEncoder('avif', 75, 480_000)
    const plan = (detail: number) =>
      planCandidates('auto.avif', encoder, 75, { ...photograph, detail }, size).map(({ options }) => options)
    assert.deepEqual(plan(0.3), [planEncoder('avif', 75, 480_000, false, 0.3).options])
    assert.deepEqual(plan(2), [planEncoder('avif', 75, 480_000, false, 2).options])
    assert.notDeepEqual(plan(2), plan(0.3))
  })
})

suite('planChoice', () => {
  const source = { depth: 'uchar' }
  const png = planEncoder('png', 75, 1000)
  const webp = planEncoder('webp', 75, 1000)

  test('leaves to the content what is negotiated, and the palette of PNG', () => {
    assert.equal(planChoice({ format: 'auto' }, source, png, 1000), 'auto')
    assert.equal(planChoice({ format: 'auto.avif' }, source, webp, 1000), 'auto.avif')
    assert.equal(planChoice({ format: 'png' }, source, png, 1000), 'png')
    assert.equal(planChoice({ format: 'original' }, source, png, 1000), 'png')
    assert.equal(planChoice({ format: 'auto', lossless: '1' }, source, png, 1000), 'png')
  })

  test('leaves nothing where a format is named, every pixel is kept, or there are too many or too deep ones', () => {
    assert.equal(planChoice({ format: 'webp' }, source, webp, 1000), undefined)
    assert.equal(planChoice({ format: 'auto.webp', lossless: '1' }, source, webp, 1000), undefined)
    assert.equal(planChoice({ format: 'auto' }, source, png, 8_000_001), undefined)
    assert.equal(planChoice({ format: 'auto' }, { depth: 'ushort' }, png, 1000), undefined)
  })
})
