import { buildDeployment } from './deployment.ts'
import { measureExtremes } from './memory/measure.ts'
import { measureSizes } from './memory-sizes/measure.ts'
import { formatMemorySizes, judgeMemorySizes } from './memory-sizes/report.ts'
import { writeResult } from './results.ts'
import { runBench } from './run-bench.ts'

// `npm run bench:memory-sizes`: the built transformer with the processors that Lambda gives each size of memory.

await runBench({
  script: 'bench:memory-sizes',
  purpose:
    'the time and the cost of a transform by the memory of the Lambda, which has processors in proportion',
  options: {
    rounds: {
      placeholder: 'N',
      text: 'times the mix is made at each size',
      default: 7,
      min: 1,
      max: 999,
      whole: true,
    },
    'max-excess': {
      placeholder: 'R',
      text: 'fail where a process had more than this multiple of its share',
      default: 1.15,
      min: 1,
      max: 100,
    },
  },
  flags: { extremes: 'see too what is too large for each size (minutes: what bench:memory asks)' },
  async measure({ rounds }, { flags }) {
    const { transformer } = await buildDeployment()
    const figures = {
      ...(await measureSizes(transformer, rounds)),
      extremes: flags.has('extremes') ? await measureExtremes(transformer) : undefined,
    }
    await writeResult('memory-sizes', figures)
    return figures
  },
  format: formatMemorySizes,
  judge: (figures, numbers) => judgeMemorySizes(figures, numbers['max-excess']),
})
