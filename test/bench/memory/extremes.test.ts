import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { listCases } from '../../../bench/memory/cases.ts'
import { prepareExtremes } from '../../../bench/memory/extremes.ts'
import { readEvent } from '../../../transformer/event.ts'
import { inspectOriginal } from '../../../transformer/original/inspect.ts'
import { planVariant } from '../../../transformer/plan/plan.ts'
import { readVariant } from '../../../transformer/read-variant.ts'
import { settings as deployed } from '../../transformer/run.ts'

/** Like a deployment's, but small. */
const extent = { pixels: 1_000_000, costlyPixels: 500_000, frames: 20 }
const outputPixels = 1_000_000
const avifPixels = 400_000
const settings = {
  ...deployed,
  maxSourcePixels: extent.pixels,
  maxCostlySourcePixels: extent.costlyPixels,
  maxOutputPixels: outputPixels,
  maxAvifOutputPixels: avifPixels,
}

suite('the costliest within the limits', async () => {
  const folder = await prepareExtremes(extent)
  const originals = new Map(readdirSync(folder).map((key) => [key, readFileSync(join(folder, key))]))
  rmSync(folder, { recursive: true })

  for (const [key, bytes] of originals) {
    test(`${key} is as large as the limits admit`, async () => {
      const { width, height, pages, format, depth } = await inspectOriginal(bytes, settings, sharp)
      const pixels = width * height * pages
      const most = format === 'avif' || depth === 'ushort' ? extent.costlyPixels : extent.pixels
      assert.ok(format === 'svg' || (pixels <= most && pixels > 0.9 * most), `${pixels}`)
    })
  }

  for (const { key, query, job } of listCases(outputPixels, avifPixels, extent)) {
    test(`${key}?${query} is admitted`, async () => {
      const event = {
        rawPath: `/${key}`,
        rawQueryString: job.query,
        requestContext: { http: { method: 'GET' } },
      }
      const { parameters } = readVariant(readEvent(event), settings)
      const bytes = originals.get(key)
      assert.ok(bytes)
      if (parameters.format !== 'json') {
        planVariant(parameters, await inspectOriginal(bytes, settings, sharp), settings)
      }
    })
  }
})
