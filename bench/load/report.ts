import { formatHits } from '../hits/report.ts'
import { type AnswerClass, answerClasses } from './answer-class.ts'
import type { CountedRun } from './counted.ts'
import type { LoadFigures } from './figures.ts'
import type { Latencies } from './latencies.ts'
import type { OverloadFigures } from './overload.ts'
import type { Played } from './recorder.ts'

/** Milliseconds of the generator's own lateness above which it, or the machine, was the bottleneck. */
const maxLatenessMs = 10

/** `figures` for people. */
export function formatLoadFigures(figures: LoadFigures): string {
  const { raw, trace, sale, burst, overload, exported } = figures
  return [
    ...(figures.target ? [`target ${figures.target}`] : []),
    ...(raw ? ['', 'hits as fast as they come', formatHits(raw)] : []),
    ...(trace ? ['', `trace, ${describeLoop(figures)}`, ...formatPlayed(trace)] : []),
    ...(trace?.invocations === undefined ? [] : [`runs of the transformer ${trace.invocations}`]),
    ...(sale ? ['', `flash sale, from 0 to full rate on ${sale.newOriginals} new originals`] : []),
    ...(sale ? [...formatPlayed(sale), formatCounted(sale)] : []),
    ...(burst ? ['', `${burst.offered} requests at once on ${burst.newOriginals} new original`] : []),
    ...(burst ? [...formatPlayed(burst), formatCounted(burst)] : []),
    ...(overload ? ['', `overload, ${overload.concurrency} runs of the Lambda at a time`] : []),
    // Its refusals are what it is for; what else there was is said below.
    ...(overload ? [...formatPlayed({ ...overload, unexpected: {} }), ...formatOverload(overload)] : []),
    ...(exported ? [`${exported.requests} requests written to ${exported.file}`] : []),
  ].join('\n')
}

/** What is wrong with `figures`, in words: what no machine is too slow for, and what the bounds say, where there are any. */
export function judgeLoad(
  { target, raw, trace, sale, burst, overload }: LoadFigures,
  bounds: { minHitsPerSecond: number; maxHitP99Ms: number; minRatio: number },
): string[] {
  const hit = trace?.classes.hit
  return [
    // Who gets which refusal is up to the settings of a target; that nothing fails is not.
    ...(trace ? judgePlayed('trace', target ? { ...trace, unexpected: failuresOf(trace) } : trace) : []),
    ...(sale ? [...judgePlayed('flash sale', sale), ...judgeCounted('flash sale', sale)] : []),
    ...(burst ? [...judgePlayed('burst', burst), ...judgeCounted('burst', burst)] : []),
    ...(overload ? judgeOverload(overload) : []),
    ...(raw && raw.edge.hitsPerSecond < bounds.minHitsPerSecond
      ? [`${raw.edge.hitsPerSecond.toFixed(0)} hits a second, expected at least ${bounds.minHitsPerSecond}`]
      : []),
    ...(raw && raw.ratio < bounds.minRatio
      ? [`edge/bare is ${raw.ratio.toFixed(2)}, expected at least ${bounds.minRatio}`]
      : []),
    ...(hit && bounds.maxHitP99Ms > 0 && hit.p99Ms > bounds.maxHitP99Ms
      ? [`p99 of hits is ${hit.p99Ms.toFixed(1)} ms, expected at most ${bounds.maxHitP99Ms}`]
      : []),
  ]
}

function describeLoop({ connections }: LoadFigures): string {
  return connections === undefined ? 'open loop' : `closed loop of ${connections} connections`
}

function formatPlayed(played: Played): string[] {
  const { offered, served, classes, lateness, unexpected, failures } = played
  const rows = Object.entries(classes).map(([name, latencies]) => formatLatencies(name, latencies))
  const oddities = Object.entries({ ...unexpected, ...failures }).map(([what, count]) => `${what}: ${count}`)
  return [
    `offered ${offered} (${played.offeredPerSecond.toFixed(0)}/s), served ${served} (${played.servedPerSecond.toFixed(0)}/s), hits ${(played.hitRatio * 100).toFixed(2)} % of pictures`,
    `${'ms'.padEnd(10)}   count      p50      p95      p99      max`,
    ...rows,
    `${formatLatencies('lateness', lateness)}   of the generator${lateness.p99Ms > maxLatenessMs ? ': it, or the machine, was too slow, and the times above are its own too' : ''}`,
    ...(oddities.length > 0 ? [`not as owed: ${oddities.join(', ')}`] : []),
  ]
}

function formatLatencies(name: string, { count, ...times }: Latencies): string {
  const columns = [times.p50Ms, times.p95Ms, times.p99Ms, times.maxMs].map((each) =>
    each.toFixed(1).padStart(8),
  )
  return `${name.padEnd(10)} ${String(count).padStart(7)} ${columns.join(' ')}`
}

function formatCounted({ variants, invocations, collapsed }: CountedRun): string {
  return `${invocations} runs of the transformer for ${variants} variants, ${collapsed} requests waited for those of others`
}

function formatOverload({ fresh, stale, recovery }: OverloadFigures): string[] {
  return [
    `new variants ${fresh.requests}: ${fresh.made} made, ${fresh.throttled} refused with 429 as AWS does, ${fresh.other} other`,
    `overdue variants ${stale.requests}: ${stale.served} served, ${stale.other} other`,
    `afterwards ${recovery.came} of ${recovery.asked} refused came, the first after ${recovery.firstMs.toFixed(0)} ms, ${recovery.refusedAgain} refusals before; ${recovery.renewed} of ${recovery.overdue} overdue were made anew`,
  ]
}

/** Of what was not as owed, answers of 500 and above. */
function failuresOf({ unexpected }: Played): Played['unexpected'] {
  return Object.fromEntries(Object.entries(unexpected).filter(([what]) => / 5\d\d$/.test(what)))
}

function judgePlayed(name: string, { classes, unexpected, failures, offered }: Played): string[] {
  const answered = (Object.keys(answerClasses) as AnswerClass[]).reduce(
    (sum, each) => sum + (classes[each]?.count ?? 0),
    0,
  )
  return [
    ...(offered > 0 ? [] : [`${name}: nothing was sent`]),
    ...(answered === offered ? [] : [`${name}: ${offered} requests but ${answered} answers`]),
    ...[...Object.entries(unexpected), ...Object.entries(failures)].map(
      ([what, count]) => `${name}: ${count} requests got what they are not owed: ${what}`,
    ),
  ]
}

function judgeCounted(name: string, { variants, invocations }: CountedRun): string[] {
  return variants > 0 && invocations === variants
    ? []
    : [`${name}: ${invocations} runs of the transformer for ${variants} variants, expected one for each`]
}

function judgeOverload({ fresh, stale, recovery, failures }: OverloadFigures): string[] {
  const bounds: [boolean, string][] = [
    [fresh.throttled > 0, 'overload: nothing was refused, so it was none'],
    [fresh.made > 0, 'overload: no new variant was made'],
    [fresh.other === 0, `overload: ${fresh.other} new variants were neither made nor refused as AWS does`],
    [
      stale.requests > 0 && stale.other === 0,
      `overload: ${stale.other} of ${stale.requests} overdue variants were not served`,
    ],
    [Object.keys(failures).length === 0, `overload: requests without an answer: ${Object.keys(failures)}`],
    [
      recovery.came === recovery.asked,
      `overload: ${recovery.came} of ${recovery.asked} refused variants came afterwards`,
    ],
    [
      recovery.renewed === recovery.overdue,
      `overload: ${recovery.renewed} of ${recovery.overdue} overdue variants were made anew`,
    ],
  ]
  return bounds.flatMap(([holds, failure]) => (holds ? [] : [failure]))
}
