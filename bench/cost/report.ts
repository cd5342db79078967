import type { Shapes } from '../scale/shapes.ts'
import { transformTimesSource } from '../trace/transform-times.ts'
import { type BillLine, billWaf, offers, processorHour, sumBill } from './offers.ts'
import { prices, type SourcedPrice } from './prices.ts'
import { estimateTraffic, type Traffic } from './traffic.ts'

export interface Bill {
  name: string
  note: string
  lines: BillLine[]
  dollars: number
  /** Requests a month from which it is cheaper than ours, or dearer, and stays so; undefined where that never changes, and of ours. */
  breakEven?: { requests: number; becomes: 'cheaper' | 'dearer' }
}

export interface CostFigures {
  traffic: Traffic
  bills: Bill[]
  waf: BillLine[]
}

/** Bills a month for all offers, with the points where each breaks even with ours at as many originals. */
export function computeCost(
  requests: number,
  originals: number,
  originalBytes: number,
  shapes: Shapes,
): CostFigures {
  const traffic = estimateTraffic(requests, originals, originalBytes, shapes)
  // Seven points for each factor of ten, 10 thousand to 100 billion.
  const months = Array.from({ length: 50 }, (_each, at) =>
    estimateTraffic(10 ** (4 + at / 7), originals, originalBytes, shapes),
  )
  const own = months.map((month) => sumBill(offers[0]?.bill(month) ?? []))
  return {
    traffic,
    waf: billWaf(traffic),
    bills: offers.map(({ name, note, bill }, at) => {
      const lines = bill(traffic)
      const theirs = months.map((month) => sumBill(bill(month)))
      return {
        name,
        note,
        lines,
        dollars: sumBill(lines),
        breakEven: at > 0 ? findBreakEven(months, own, theirs) : undefined,
      }
    }),
  }
}

function findBreakEven(
  months: readonly Traffic[],
  own: readonly number[],
  theirs: readonly number[],
): Bill['breakEven'] {
  const isCheaper = theirs.map((dollars, at) => dollars < (own[at] as number))
  const after = isCheaper.lastIndexOf(!isCheaper[isCheaper.length - 1]) + 1
  if (after === 0) return undefined
  return {
    requests: Math.round((months[after] as Traffic).requests),
    becomes: isCheaper[after] ? 'cheaper' : 'dearer',
  }
}

/** `figures` for people. */
export function formatCost({ traffic, bills, waf }: CostFigures): string {
  const count = (value: number) => Math.round(value).toLocaleString('en-GB')
  const most = Math.max(...bills.map(({ dollars }) => dollars))
  return [
    `a month of ${count(traffic.requests)} requests, ${count(traffic.originals)} originals: ${count(traffic.bytesToViewers / 1e9)} GB to viewers, ${count(traffic.variants)} variants made in ${count(traffic.transformSeconds / 3600)} hours of processor`,
    'list prices in dollars, without free allowances but those said; the first 10 TB at the price of all',
    '',
    ...(bills[0]?.lines ?? []).map(formatLine),
    formatLine({ service: 'Fovea, all of it', dollars: bills[0]?.dollars ?? 0 }),
    '',
    ...waf.map(formatLine),
    `  (WAF is apart: it costs ${(sumBill(waf) / (bills[0]?.lines.find(({ service }) => service.endsWith('function'))?.dollars ?? 1)).toFixed(1)} times the edge function)`,
    '',
    ...bills.map(({ name, dollars, breakEven }) =>
      [
        name.padEnd(28),
        formatDollars(dollars).padStart(10),
        ` ${'█'.repeat(Math.max(1, Math.round((dollars / most) * 30))).padEnd(31)}`,
        formatBreakEven(breakEven, dollars - (bills[0]?.dollars ?? dollars)),
      ].join(''),
    ),
    '',
    formatProcessorHour(),
    ...bills.map(({ name, note }) => `${name}: ${note}`),
    `times and bytes of variants: ${transformTimesSource}`,
    'prices:',
    ...Object.values<SourcedPrice>(prices).map(
      ({ dollars, per, unit, source }) =>
        `  $${Number(dollars.toPrecision(6))} / ${count(per)} ${unit}: ${source}`,
    ),
  ].join('\n')
}

function formatLine({ service, dollars }: BillLine): string {
  return `${service.padEnd(28)}${formatDollars(dollars).padStart(10)}`
}

function formatDollars(dollars: number): string {
  return dollars.toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

/** Such as `52 M requests`. */
export function formatRequests(requests: number): string {
  const [unit, text] = requests >= 1e9 ? [1e9, 'G'] : requests >= 1e6 ? [1e6, 'M'] : [1e3, 'k']
  return `${Number((requests / (unit as number)).toPrecision(2))} ${text} requests`
}

/**
 * Where an offer breaks even with ours.
 *
 * @param difference dollars that it costs more; 0 for ours.
 */
export function formatBreakEven(breakEven: Bill['breakEven'], difference: number): string {
  if (breakEven) return `${breakEven.becomes} than Fovea from ${formatRequests(breakEven.requests)} a month`
  if (difference === 0) return ''
  return `${difference > 0 ? 'dearer' : 'cheaper'} at any number from 10 k to 100 G`
}

/** What decides between runs and servers, besides how many requests there are. */
export function formatProcessorHour(): string {
  const { lambda, fargate } = processorHour
  return `An hour of one busy processor costs $${lambda.toFixed(3)} in Lambda and $${fargate.toFixed(3)} in Fargate: servers are cheaper only where they are busy ${Math.round((fargate / lambda) * 100)} % of all hours and more.`
}
