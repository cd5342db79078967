import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { before, suite, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import sharp from 'sharp'
import { makePhotograph } from '../../images/photograph.ts'
import { createTransformer, imageOf } from '../run.ts'
import { type Digest, type Digests, describeMakers, digestVariant, judgeDigest } from './digest.ts'
import { markSettings } from './mark.ts'
import { ask, rewriteCommand, rewrites } from './request.ts'
import { originals, variants } from './variants.ts'

// Decided with experiments of 2026-11-23 (sharp 0.35.5, libvips 8.18.7, x86-64), on 208 results: eleven operations, each in raw
// pixels and through nine encoders.
// - Bytes do not depend on the processor: none differed between Sapphire Rapids (AVX-512) and QEMU's Nehalem (SSE 4.2), nor
//   without libjpeg-turbo's SIMD or without FMA and AVX2 in libm. So bytes are compared, and not pixels.
// - Bytes of AVIF depend on the number of threads, and for a number are the same each time: it is fixed here, to sharp's own on
//   Linux with glibc, as on Lambda. Elsewhere sharp takes a thread for each core.
// - Another architecture (NEON) or version is not tried: there the looks are compared.
sharp.concurrency(1)

const file = new URL('digests.json', import.meta.url)
const recorded: Digests = JSON.parse(readFileSync(file, 'utf8'))
const makers = describeMakers()
const sameMakers = isDeepStrictEqual(recorded.makers, makers)

const transformer = createTransformer({}, { settings: markSettings })
const digest = async (request: string): Promise<Digest> => {
  const received = await ask(request, transformer)
  return digestVariant(imageOf(received), received.headers['content-type'] ?? '')
}

before(async () => {
  for (const [key, make] of Object.entries(originals)) transformer.pictures[key] = await make()
})

if (rewrites) {
  test('writes the digests', async () => {
    const digests: Record<string, Digest> = {}
    for (const request of variants) digests[request] = await digest(request)
    writeFileSync(file, `${JSON.stringify({ makers, variants: digests } satisfies Digests, null, 2)}\n`)
  })
} else {
  suite('digests of bytes', () => {
    test('are of about sixty variants, of this revision', (t) => {
      assert.ok(variants.length >= 50)
      assert.deepEqual(Object.keys(recorded.variants), variants, `run \`${rewriteCommand}\``)
      assert.equal(
        recorded.makers.revision,
        makers.revision,
        `revision was raised: run \`${rewriteCommand}\``,
      )
      if (sameMakers) return
      const compared = `only looks are compared: the digests are of ${formatMakers(recorded.makers)}, here is ${formatMakers(makers)}`
      t.diagnostic(compared)
      console.error(`digest.test.ts: ${compared}`)
    })

    for (const request of variants) {
      test(`of ${request} are as recorded`, async () => {
        const problem = judgeDigest(request, recorded.variants[request], await digest(request), sameMakers)
        assert.equal(problem, undefined)
      })
    }
  })
}

suite('judgeDigest', () => {
  const look = async (quality: number, negative = false) => {
    const picture = makePhotograph(60, 40)
    return digestVariant(
      await (negative ? picture.negate() : picture).jpeg({ quality }).toBuffer(),
      'image/jpeg',
    )
  }

  test('refuses other bytes of the same makers, however alike, and tells the remedies', async () => {
    const [one, other] = [await look(80), await look(81)]
    assert.equal(judgeDigest('x', one, one, true), undefined)
    const problem = judgeDigest('x', one, other, true) ?? ''
    for (const word of ['`revision` in grammar/variant.ts', `\`${rewriteCommand}\``])
      assert.ok(problem.includes(word))
  })

  test('refuses of other makers only other looks, or another type', async () => {
    const one = await look(80)
    assert.equal(judgeDigest('x', one, await look(50), false), undefined)
    assert.match(judgeDigest('x', one, await look(80, true), false) ?? '', /look/)
    assert.match(judgeDigest('x', one, { ...one, type: 'image/png' }, false) ?? '', /image\/png/)
  })

  test('refuses what no digest is of', async () => {
    assert.match(judgeDigest('x', undefined, await look(80), true) ?? '', /expected a digest/)
  })
})

function formatMakers({ revision, platform, versions }: Digests['makers']): string {
  return `revision ${revision}, sharp ${versions.sharp}, libvips ${versions.vips} on ${platform}`
}
