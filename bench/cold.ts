import { fileURLToPath } from 'node:url'
import { revision } from '../grammar/variant.ts'
import { planEncoder } from '../transformer/plan/encoder.ts'
import { readQuality } from '../transformer/plan/quality.ts'
import { type ColdFigures, type Contenders, compareColdStarts } from './cold/compare.ts'
import { formatCold, judgeCold } from './cold/report.ts'
import { type BuiltTransformer, buildDeployment } from './deployment.ts'
import { startOriginals } from './originals.ts'
import { preparePhotographs } from './photographs.ts'
import { runBench } from './run-bench.ts'

// `npm run bench:cold`: the built transformer from the start of its process to the first byte, against a plain script.

/** Pixels: a picture in a page. */
const width = 800

await runBench({
  script: 'bench:cold',
  purpose: 'the built transformer from the start of its process to the first byte, against a plain script',
  options: {
    runs: { placeholder: 'N', text: 'starts of each', default: 15, min: 9, max: 1000, whole: true },
    'max-ratio': {
      placeholder: 'R',
      text: "fail above this share of the plain script's time",
      default: 0.8,
      min: 0,
      max: 100,
    },
  },
  async measure({ runs }) {
    const { transformer } = await buildDeployment()
    return measureCold(transformer, runs)
  },
  format: formatCold,
  judge: (figures, numbers) => judgeCold(figures, numbers['max-ratio']),
})

async function measureCold(
  transformer: BuiltTransformer,
  runs: number,
): Promise<ColdFigures & { source: string }> {
  const { folder, source, photographs } = await preparePhotographs()
  const [{ key }] = photographs
  const originals = await startOriginals(folder)
  try {
    const environment = { ...transformer.environment, ...originals.environment }
    const contenders = describeContenders(transformer, key, environment)
    return { source, ...(await compareColdStarts(contenders, runs, width)) }
  } finally {
    originals.stop()
  }
}

function describeContenders(
  { file, execArgv }: BuiltTransformer,
  key: string,
  environment: Readonly<Record<string, string>>,
): Contenders {
  const event = {
    rawPath: `/${key}`,
    rawQueryString: `rev=${revision}&width=${width}&format=webp`,
    headers: {},
    requestContext: { http: { method: 'GET' } },
  }
  // As many pixels as two thirds of a square have; the options depend on the order of magnitude alone.
  const { options } = planEncoder('webp', readQuality(undefined), (width * width * 2) / 3)
  const find = (name: string) => fileURLToPath(new URL(`cold/${name}`, import.meta.url))
  return {
    fovea: { execArgv, script: find('bundled.cjs'), args: [file, JSON.stringify(event)], environment },
    plain: {
      script: find('plain.mjs'),
      args: [key, String(width), JSON.stringify(options)],
      environment,
    },
    nothing: { script: find('nothing.cjs'), args: [], environment },
  }
}
