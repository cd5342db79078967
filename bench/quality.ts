import sharp from 'sharp'
import { listCorpus } from './quality/corpus.ts'
import { measurePicture } from './quality/measure.ts'
import { formatQuality, judgeQuality, type QualityFigures } from './quality/report.ts'
import { workThrough } from './quality/workers.ts'
import { runBench } from './run-bench.ts'
import { scorerCrate } from './score/build-scorer.ts'

// `npm run bench:quality`: bytes at equal looks, and how far the table of equal looks is off.

/** Pixels across at which pictures are compared. */
const widths = [320, 800, 1600] as const

/** The width whose means are judged. */
const judgedWidth = 800

const bound = (text: string, least: number) => ({
  placeholder: 'P',
  text: `fail where ${text} saves less than this share of plain JPEG's bytes, in percent`,
  default: least,
  min: 0,
  max: 100,
})

await runBench({
  script: 'bench:quality',
  purpose: 'bytes at equal looks on photographs, graphics and transparent pictures, against plain sharp',
  options: {
    'min-avif': bound('AVIF', 42),
    'min-webp': bound('WebP', 17),
    'min-jpeg': bound('our JPEG', 9),
  },
  measure: measureQuality,
  format: formatQuality,
  judge: (figures, numbers) =>
    judgeQuality(figures, judgedWidth, {
      avif: numbers['min-avif'],
      webp: numbers['min-webp'],
      jpeg: numbers['min-jpeg'],
    }),
})

async function measureQuality(): Promise<QualityFigures> {
  // Pictures are worked on side by side: threads within one would only wait for each other.
  sharp.concurrency(1)
  sharp.cache(false)
  const { originals, source } = listCorpus()
  // Large ones first, so that no worker is left alone with one at the end.
  const jobs = [...widths].reverse().flatMap((width) => originals.map((original) => ({ original, width })))
  const measured = await workThrough(jobs, ({ original, width }, scorer) =>
    measurePicture(original, width, scorer),
  )
  const pictures = measured.filter((each) => each !== undefined).sort((a, b) => a.width - b.width)
  return { source, scorer: scorerCrate, pictures }
}
