import sharp from 'sharp'
import { type ByteFigures, measureBytes } from './budget/bytes.ts'
import { listLargeOriginals } from './budget/originals.ts'
import { type BudgetFigures, formatBudget, judgeBudget } from './budget/report.ts'
import { measureTimes, type TimeFigures } from './budget/time.ts'
import { runBench } from './run-bench.ts'
import { scorerCrate } from './score/build-scorer.ts'
import { openScorer } from './score.ts'

// `npm run bench:budget`: what AVIF costs in time and gives in bytes, by which its effort and its largest size are chosen.

/** Pixels across, of the first original: the steps of a ladder, and two beyond the budget. */
const timedWidths = [320, 480, 640, 800, 960, 1280, 1600, 1920, 2560] as const

/** Of all: here bytes are compared, and plain sharp is timed. */
const comparedWidths = [320, 800, 1600] as const

await runBench({
  script: 'bench:budget',
  purpose: "the time and bytes of AVIF, against WebP and plain sharp's AVIF",
  options: {
    rounds: { placeholder: 'N', text: 'times that each is made', default: 7, min: 1, max: 100, whole: true },
    'max-time': {
      placeholder: 'R',
      text: "fail where automatic choice takes more than this many times WebP's time",
      default: 3,
      min: 0,
      max: 100,
    },
    'max-bytes': {
      placeholder: 'P',
      text: 'fail where AVIF has this many percent more bytes than at effort 4, at equal score',
      default: 10,
      min: 0,
      max: 100,
    },
    'min-speedup': {
      placeholder: 'R',
      text: "fail where AVIF is less than this many times faster than plain sharp's",
      default: 5,
      min: 0,
      max: 100,
    },
  },
  measure: ({ rounds }) => measureBudget(rounds),
  format: formatBudget,
  judge: (figures, numbers) =>
    judgeBudget(figures, {
      maxTime: numbers['max-time'],
      maxBytes: numbers['max-bytes'],
      minSpeedUp: numbers['min-speedup'],
    }),
})

async function measureBudget(rounds: number): Promise<BudgetFigures> {
  // A function of 1,769 MB has one core: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
  sharp.concurrency(1)
  const { source, originals } = await listLargeOriginals()
  const scorer = await openScorer()
  const times: TimeFigures[] = []
  const bytes: ByteFigures[] = []
  try {
    for (const original of originals) {
      const file = await original.open()
      for (const width of original === originals[0] ? timedWidths : comparedWidths) {
        const compared = comparedWidths.some((each) => each === width)
        const own = compared ? await measureBytes(original, width, scorer) : undefined
        if (own) bytes.push(own)
        times.push(await measureTimes(original.name, file, width, own?.plainQuality, rounds))
      }
    }
  } finally {
    scorer.close()
  }
  return { source, scorer: scorerCrate, times, bytes }
}
