import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describeMachine } from './machine.ts'
import { listCorpus } from './quality/corpus.ts'
import { type FitFigures, findEquals, fitTable, formatFit } from './quality/fit.ts'
import { measurePicture } from './quality/measure.ts'
import { formatQuality, judgeQuality, type QualityFigures } from './quality/report.ts'
import { formatTableFile } from './quality/table-file.ts'
import { workThrough } from './quality/workers.ts'
import { runBench } from './run-bench.ts'
import { scorerCrate } from './score/build-scorer.ts'

// `npm run bench:quality`: bytes at equal looks, and how far the table of equal looks is off.

/** Pixels across at which pictures are compared. */
const widths = [320, 800, 1600] as const

/** Of these the table is the mean: larger pictures take long, and differ little. */
const fittedWidths = [320, 800] as const

/** The width whose means are judged. */
const judgedWidth = 800

const bound = (text: string, least: number) => ({
  placeholder: 'P',
  text: `fail where ${text} saves less than this share of plain JPEG's bytes, in percent`,
  default: least,
  min: 0,
  max: 100,
})

const options = {
  'min-avif': bound('AVIF', 42),
  'min-webp': bound('WebP', 17),
  'min-jpeg': bound('our JPEG', 9),
}

// Pictures are worked on side by side: threads within one would only wait for each other.
sharp.concurrency(1)
sharp.cache(false)

await runBench<typeof options, QualityFigures | FitFigures>({
  script: 'bench:quality',
  purpose: 'bytes at equal looks on photographs, graphics and transparent pictures, against plain sharp',
  options,
  flags: {
    fit: 'write transformer/plan/quality-table.ts from what is measured, and judge nothing; this takes longer',
  },
  measure: (_numbers, { flags }) => (flags.has('fit') ? writeTable() : measureQuality()),
  format: (figures) => ('rows' in figures ? formatFit(figures) : formatQuality(figures)),
  judge: (figures, numbers) => {
    if ('rows' in figures) return []
    return judgeQuality(figures, judgedWidth, {
      avif: numbers['min-avif'],
      webp: numbers['min-webp'],
      jpeg: numbers['min-jpeg'],
    })
  },
})

async function measureQuality(): Promise<QualityFigures> {
  const { originals, source } = listCorpus()
  // Large ones first, so that no worker is left alone with one at the end.
  const jobs = [...widths].reverse().flatMap((width) => originals.map((original) => ({ original, width })))
  const measured = await workThrough(jobs, ({ original, width }, scorer) =>
    measurePicture(original, width, scorer),
  )
  const pictures = measured.filter((each) => each !== undefined).sort((a, b) => a.width - b.width)
  return { source, scorer: scorerCrate, pictures }
}

async function writeTable(): Promise<FitFigures> {
  const photographs = listCorpus().originals.filter(({ kind }) => kind === 'photograph')
  const jobs = [...fittedWidths]
    .reverse()
    .flatMap((width) => photographs.map((original) => ({ original, width })))
  const found = await workThrough(jobs, ({ original, width }, scorer) => findEquals(original, width, scorer))
  const rows = fitTable(found.filter((each) => each !== undefined))
  const corpus = jobs.filter((_, index) => found[index]).map(({ original }) => original.name)
  const text = formatTableFile(rows, {
    date: new Date().toISOString().slice(0, 10),
    corpus: [...new Set(corpus)],
    widths: fittedWidths,
    scorer: scorerCrate,
    machine: describeMachine(),
  })
  await writeFile(new URL('../transformer/plan/quality-table.ts', import.meta.url), text)
  return { pictures: corpus.length, rows }
}
