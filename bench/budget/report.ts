import { geometricMean } from '../statistics.ts'
import type { ByteFigures } from './bytes.ts'
import type { TimeFigures } from './time.ts'

/** Everything a run measured. */
export interface BudgetFigures {
  /** Where the photographs come from. */
  source: string
  scorer: string
  times: TimeFigures[]
  bytes: ByteFigures[]
}

/** What means over the photographs may come to. */
export interface Bounds {
  /** Times of WebP that automatic choice may take. */
  maxTime: number
  /** Percent that our AVIF may be larger than effort 4 at equal score. */
  maxBytes: number
  /** Times that it is faster than plain sharp's AVIF. */
  minSpeedUp: number
}

/** Pixels across up to which a viewer of AVIF is to be given AVIF. */
const widestBudget = 1600

/** `figures` for people. */
export function formatBudget({ source, scorer, times, bytes }: BudgetFigures): string {
  return [
    `${source}; one thread, processor time from the original's bytes to the variant's, least of all rounds`,
    `bytes at the score of JPEG 75; SSIMULACRA 2 by ${scorer}`,
    '',
    'photograph  width  auto is   auto ms   webp ms   auto/webp   plain avif ms   plain/auto   bytes to effort 4',
    ...times.map((time) => formatRow(time, bytes)),
    '',
    'geometric means',
    ...listWidths(times).map((width) => {
      const time = findTime(times, width)
      const [more, speedUp] = [geometricMean(ratiosAt(bytes, width)), findSpeedUp(times, width)]
      if (Number.isNaN(time)) return `${width} px: no AVIF`
      const compared = Number.isNaN(speedUp)
        ? ''
        : `, bytes ${formatMore(more)}, ${speedUp.toFixed(1)} × faster than plain sharp's AVIF`
      return `${width} px: ${time.toFixed(2)} × the time of WebP${compared}`
    }),
  ].join('\n')
}

function formatRow(time: TimeFigures, bytes: readonly ByteFigures[]): string {
  const { name, width, format, autoMs, webpMs, plainMs } = time
  const own = bytes.find((each) => each.name === name && each.width === width)
  return [
    name.padEnd(10),
    String(width).padStart(7),
    `  ${format.padEnd(7)}`,
    autoMs.toFixed(0).padStart(9),
    webpMs.toFixed(0).padStart(10),
    (autoMs / webpMs).toFixed(2).padStart(12),
    (plainMs?.toFixed(0) ?? '–').padStart(16),
    (plainMs ? (plainMs / autoMs).toFixed(1) : '–').padStart(13),
    (own ? formatMore(own.ratio) : '–').padStart(20),
  ].join('')
}

function formatMore(ratio: number): string {
  const percent = 100 * (ratio - 1)
  return Number.isNaN(percent) ? '–' : `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`
}

function listWidths(figures: readonly { width: number }[]): number[] {
  return [...new Set(figures.map(({ width }) => width))].sort((a, b) => a - b)
}

/** Times of WebP, where AVIF is given. */
function findTime(times: readonly TimeFigures[], wanted: number): number {
  const given = times.filter(({ width, format }) => width === wanted && format === 'avif')
  return geometricMean(given.map(({ autoMs, webpMs }) => autoMs / webpMs))
}

function ratiosAt(bytes: readonly ByteFigures[], wanted: number): number[] {
  return bytes.filter(({ width }) => width === wanted).map(({ ratio }) => ratio)
}

function findSpeedUp(times: readonly TimeFigures[], wanted: number): number {
  const compared = times.filter(({ width, plainMs }) => width === wanted && plainMs)
  return geometricMean(compared.map(({ plainMs = Number.NaN, autoMs }) => plainMs / autoMs))
}

/** The bounds that are missed. */
export function judgeBudget({ times, bytes }: BudgetFigures, bounds: Bounds): string[] {
  const missed = times
    .filter(({ width, format }) => width <= widestBudget && format !== 'avif')
    .map(({ name, width, format }) => `${name} at ${width} px: auto gives ${format}, expected avif`)
  for (const width of listWidths(times)) {
    const time = findTime(times, width)
    if (width <= widestBudget && time > bounds.maxTime)
      missed.push(
        `${width} px: auto takes ${time.toFixed(2)} × WebP's time, expected at most ${bounds.maxTime}`,
      )
    const more = 100 * (geometricMean(ratiosAt(bytes, width)) - 1)
    if (more > bounds.maxBytes)
      missed.push(
        `${width} px: ${more.toFixed(1)} % more bytes than effort 4, expected at most ${bounds.maxBytes} %`,
      )
    const speedUp = findSpeedUp(times, width)
    if (speedUp < bounds.minSpeedUp)
      missed.push(
        `${width} px: AVIF is ${speedUp.toFixed(1)} × faster than plain sharp's, expected at least ${bounds.minSpeedUp}`,
      )
  }
  if (bytes.length === 0) missed.push('no bytes were compared')
  return missed
}
