import { readFile } from 'node:fs/promises'
import { viewerFunctionFile } from '../edge/project.ts'
import { buildDeployment } from './deployment.ts'
import { runBench } from './run-bench.ts'
import { measureViewerFunction } from './viewer-fn/measure.ts'
import { formatViewerFunction, judgeViewerFunction } from './viewer-fn/report.ts'

// `npm run bench:viewer-fn`: what the built edge function costs, in bytes, instructions, store reads and microseconds.

await runBench({
  script: 'bench:viewer-fn',
  purpose: 'what the built edge function costs, in bytes, instructions, store reads and microseconds',
  options: {
    'max-instructions': {
      placeholder: 'N',
      text: 'fail above this many for a typical request; counted where njs and valgrind are installed',
      default: 700_000,
      min: 1,
      max: 1e9,
      whole: true,
    },
    'max-signed-instructions': {
      placeholder: 'N',
      text: 'the same for a signed request',
      default: 1_000_000,
      min: 1,
      max: 1e9,
      whole: true,
    },
  },
  async measure() {
    const { viewerFunction } = await buildDeployment()
    return measureViewerFunction(viewerFunction.code, await readFile(viewerFunctionFile, 'utf8'))
  },
  format: formatViewerFunction,
  judge: (figures, numbers) =>
    judgeViewerFunction(figures, {
      typical: numbers['max-instructions'],
      signed: numbers['max-signed-instructions'],
    }),
})
