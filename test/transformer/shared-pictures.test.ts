import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { createVectorMaker } from '../../transformer/vector/vector-maker.ts'
import { measureDistance } from '../images/pixels.ts'
import { requirement } from '../requirements.ts'
import { createTransformer, imageOf, problemOf } from './run.ts'

/** A folder of real photographs and of hostile files, too large for the repository. */
const folder = process.env.FOVEA_SHARED || fileURLToPath(new URL('../../../shared', import.meta.url))

/** The files of one of its folders. */
function list(name: string): string[] {
  if (!existsSync(join(folder, name))) return []
  return readdirSync(join(folder, name)).filter((file) => !file.startsWith('MANIFEST'))
}

const photographs = list('photos')
const hostile = list('hostile')
const present = requirement('shared', photographs.length > 0 && hostile.length > 0)

/** Formats that are known and not read. */
const unreadable = /^(bmp|heic)_/

const script = fileURLToPath(new URL('./vector/vector-script.ts', import.meta.url))
const transformer = createTransformer({}, { vectors: createVectorMaker(script) })
const { get, pictures, logged } = transformer

suite('photographs of the shared folder', present, () => {
  for (const file of photographs) {
    test(`${file} ${unreadable.test(file) ? 'is not read' : 'is made 320 wide'}`, async () => {
      const bytes = readFileSync(join(folder, 'photos', file))
      pictures[file] = bytes
      const received = await get(file, { width: 320, page: 0, format: 'auto.avif' })
      if (unreadable.test(file)) return assert.equal(problemOf(received).code, 'not-an-image')
      const image = imageOf(received)
      const metadata = await sharp(image).metadata()
      assert.equal(metadata.width, 320)
      assert.deepEqual([metadata.exif, metadata.icc, metadata.xmp], [undefined, undefined, undefined])
      // Whatever sharp makes of the original without us, upright and in sRGB.
      const reference = await sharp(bytes).autoOrient().resize(320).png().toBuffer()
      const distance = await measureDistance(image, reference)
      assert.ok(distance < 4, `ΔE ${distance.toFixed(1)}`)
    })
  }
})

suite('hostile files of the shared folder', present, () => {
  for (const file of hostile) {
    test(`${file} is served or refused, in time and without a failure of ours`, async (t) => {
      pictures[file] = readFileSync(join(folder, 'hostile', file))
      const startedAt = performance.now()
      const received = await get(file, { width: 320, format: 'webp' })
      const tookMs = performance.now() - startedAt
      t.diagnostic(`${received.status} ${received.headers['x-fovea-error'] ?? ''} ${tookMs.toFixed(0)} ms`)
      assert.ok([200, 415].includes(received.status), received.body.toString().slice(0, 300))
      assert.ok(tookMs < 5000, `took ${tookMs.toFixed(0)} ms`)
      assert.deepEqual(logged, [])
    })
  }
})
