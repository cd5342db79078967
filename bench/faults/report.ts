import { uncounted } from './alarms.ts'
import type { FaultFigures } from './figures.ts'
import { chooseFaults } from './table.ts'

export interface FaultsFigures {
  requestsPerSecond: number
  faults: FaultFigures[]
}

/** `figures` for people. */
export function formatFaults({ faults, requestsPerSecond }: FaultsFigures): string {
  const columns = ['requests', 'errors', 'wrong', 'stale', 'recovered', 'swept', 'differ', 'hit p95']
  return [
    `${requestsPerSecond} requests a second of the trace, misses among them, while each fault lasts; errors by status while it lasted`,
    '',
    `${'fault'.padEnd(22)}${columns.map((each) => each.padStart(10)).join('')}  alarms`,
    ...faults.flatMap((fault) => [formatFault(fault), ...describe(fault).map((line) => `    ${line}`)]),
    '',
    'alarms: those that would start if the fault went on, and after how long; not counted here:',
    ...Object.entries(uncounted).map(([name, why]) => `  ${name}: ${why}`),
  ].join('\n')
}

function formatFault(fault: FaultFigures): string {
  const { name, obstacle, requests, errors, stale, sweep, hitP95Ms } = fault
  if (obstacle) return `${name.padEnd(22)}not played: ${obstacle}`
  const columns = [
    String(requests),
    formatErrors(errors.during),
    String(countWrong(fault)),
    String(stale),
    formatRecovery(fault),
    String(sweep.compared),
    String(sweep.differ.length),
    `${hitP95Ms.toFixed(0)} ms`,
  ]
  return `${name.padEnd(22)}${columns.map((each) => ` ${each}`.padStart(10)).join('')}  ${formatAlarms(fault)}`
}

/** Such as `503: 12`, or 0. */
export function formatErrors(errors: Readonly<Record<number, number>>): string {
  const counts = Object.entries(errors)
  if (counts.length === 0) return '0'
  return counts.map(([status, count]) => `${status === '0' ? 'no answer' : status}: ${count}`).join(', ')
}

/** Such as `0.0 s`. */
export function formatRecovery({ recoveryMs }: FaultFigures): string {
  return recoveryMs === null ? 'never' : `${(recoveryMs / 1000).toFixed(1)} s`
}

/** The alarms that would start, and when. */
export function formatAlarms({ alarms, errors }: FaultFigures): string {
  const started = alarms.filter(({ breached }) => breached)
  if (started.length > 0) {
    return started
      .map(({ name, startsAfterSeconds }) => `${name} (${startsAfterSeconds / 60} min)`)
      .join(', ')
  }
  return Object.keys(errors.during).length > 0 ? 'none, although viewers see errors' : 'none'
}

export function countWrong({ wrong }: FaultFigures): number {
  return Object.values(wrong).reduce((sum, count) => sum + count, 0)
}

function describe({
  notes,
  wrongExamples,
  unexpected,
  sweep,
  alarms,
  name,
  obstacle,
}: FaultFigures): string[] {
  const [fault] = chooseFaults([name])
  const silent = (fault?.alarms ?? []).filter(
    (wanted) => !obstacle && alarms.some((seen) => seen.name === wanted && !seen.breached),
  )
  return [
    ...notes,
    ...(silent.length > 0 ? [`meant for it and not reached in this run: ${silent.join(', ')}`] : []),
    ...wrongExamples.map((each) => `wrong: ${each}`),
    ...unexpected.map((each) => `unexpected: ${each}`),
    ...sweep.differ.slice(0, 5).map((each) => `differs: ${each}`),
  ]
}

/** What must not be: wrong bytes, anything in the cache that is not right, errors that no design allows, no recovery. */
export function judgeFaults({ faults }: FaultsFigures): string[] {
  return faults.flatMap((fault) => {
    const { name, obstacle, unexpected, sweep, recoveryMs, stale } = fault
    if (obstacle) return []
    const wrong = countWrong(fault)
    const [row] = chooseFaults([name])
    return [
      ...(wrong > 0 ? [`${name}: ${wrong} answers with wrong or truncated bytes, expected 0`] : []),
      ...(sweep.differ.length > 0
        ? [`${name}: ${sweep.differ.length} answers differ from fresh ones after it`]
        : []),
      ...(sweep.cached === 0 ? [`${name}: the sweep found nothing cached`] : []),
      ...(recoveryMs === null ? [`${name}: no second without an error after it`] : []),
      ...unexpected.map((each) => `${name}: an error that no design allows: ${each}`),
      ...(row?.stale && stale === 0 ? [`${name}: expected stale answers but received none`] : []),
    ]
  })
}
