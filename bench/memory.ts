import { readSettings } from '../transformer/settings.ts'
import { type BuiltTransformer, buildDeployment } from './deployment.ts'
import { compareMemory } from './memory/compare.ts'
import { measureExtremes } from './memory/measure.ts'
import { formatMemory, judgeMemory, type MemoryFigures } from './memory/report.ts'
import { preparePhotographs } from './photographs.ts'
import { runBench } from './run-bench.ts'

// `npm run bench:memory`: what the built transformer takes for one request, against plain sharp, and at its limits.

/** Of the command line: 0 is what is deployed. */
const deployed = { placeholder: 'MP', default: 0, min: 0, max: 1000 } as const

await runBench({
  script: 'bench:memory',
  purpose:
    'the peak memory of one request, against S3 client and sharp alone, and of the costliest within the limits',
  options: {
    runs: {
      placeholder: 'N',
      text: 'processes of each, of which the median',
      default: 3,
      min: 1,
      max: 99,
      whole: true,
    },
    'max-ratio': {
      placeholder: 'R',
      text: "fail above this multiple of plain sharp's memory",
      default: 1.5,
      min: 0,
      max: 100,
    },
    source: { ...deployed, text: 'megapixels that originals may have, instead of what is deployed' },
    output: { ...deployed, text: 'megapixels that variants may have, likewise' },
  },
  async measure({ runs, source, output }) {
    const { transformer } = await buildDeployment()
    const limits = {
      ...(source > 0 && { FOVEA_MAX_SOURCE_PIXELS: String(source * 1e6) }),
      ...(output > 0 && { FOVEA_MAX_OUTPUT_PIXELS: String(output * 1e6) }),
    }
    return measureMemory({ ...transformer, environment: { ...transformer.environment, ...limits } }, runs)
  },
  format: formatMemory,
  judge: (figures, numbers) => judgeMemory(figures, numbers['max-ratio']),
})

async function measureMemory(transformer: BuiltTransformer, runs: number): Promise<MemoryFigures> {
  const photographs = await preparePhotographs()
  const { maxSourcePixels, maxOutputPixels } = readSettings({ IMAGE_BUCKET: '-', ...transformer.environment })
  return {
    source: photographs.source,
    memoryMegabytes: transformer.memoryMegabytes,
    maxSourcePixels,
    maxOutputPixels,
    ratios: await compareMemory(transformer, photographs, runs),
    extremes: await measureExtremes(transformer),
  }
}
