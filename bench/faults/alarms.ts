import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assemblyFolder } from '../../edge/project.ts'

/** An alarm of the deployment, as CloudWatch is told of it. */
export interface Alarm {
  /** Without the deployment's name: `server-errors`. */
  name: string
  threshold: number
  /** Where the threshold lies from what is well. */
  breach: (value: number, threshold: number) => boolean
  periodSeconds: number
  /** Seconds that a fault must last until it starts, at the least. */
  startsAfterSeconds: number
  /** Least count of what is too little to say, from the alarm's expression. */
  atLeast: number
}

/** What was counted in the time of a fault. */
export interface Counted {
  seconds: number
  requests: number
  serverErrors: number
  /** Answers of 403, whoever gave them. */
  forbidden: number
  /** Runs of the transformer that crashed or were killed at the timeout. */
  transformerErrors: number
  throttled: number
  /** Requests in which the edge function threw. */
  edgeErrors: number
  /** Requests to which it answered what CloudFront cannot read. */
  edgeInvalid: number
  /** Milliseconds to the first byte of what was not in the cache. */
  originLatencies: readonly number[]
}

/** What an alarm would have seen. */
export interface Seen {
  name: string
  /** In the alarm's own unit, as if the fault had lasted for its period. */
  value: number
  threshold: number
  breached: boolean
  startsAfterSeconds: number
}

const comparisons: Readonly<Record<string, Alarm['breach']>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
}

/** Percent of requests that were answered so; 0 where there would be too few in a period. */
function shareOf(answers: number, { requests, seconds }: Counted, { periodSeconds, atLeast }: Alarm): number {
  const inPeriod = (answers / seconds) * periodSeconds
  return inPeriod >= atLeast ? (100 * answers) / Math.max(1, requests) : 0
}

/** How the value of an alarm follows from the counts: those that a run of seconds can tell. */
const values: Readonly<Record<string, (counted: Counted, alarm: Alarm) => number>> = {
  'server-errors': (counted, alarm) => shareOf(counted.serverErrors, counted, alarm),
  forbidden: (counted, alarm) => shareOf(counted.forbidden, counted, alarm),
  'transformer-errors': ({ transformerErrors, seconds }, { periodSeconds }) =>
    (transformerErrors / seconds) * periodSeconds,
  throttles: ({ throttled, seconds }, { periodSeconds }) => (throttled / seconds) * periodSeconds,
  'edge-errors': ({ edgeErrors, seconds }, { periodSeconds }) => (edgeErrors / seconds) * periodSeconds,
  'edge-validation': ({ edgeInvalid, seconds }, { periodSeconds }) => (edgeInvalid / seconds) * periodSeconds,
  'origin-latency': ({ originLatencies }) => percentile(originLatencies, 0.95),
}

/** Alarms that such a run cannot tell of, and why. */
export const uncounted: Readonly<Record<string, string>> = {
  'hit-ratio': 'looks at a day; the share of misses is chosen here',
  concurrency: 'of the quota of an account, which is not here',
  'edge-compute': 'of the time that CloudFront gives a function, which is not measured here',
  'rotation-failed': 'rotations run in functions of their own: their tests are elsewhere',
  'replication-lag': 'replication is S3’s own',
  'dead-letters': 'after twenty attempts, over hours',
}

interface RawAlarm {
  AlarmName: unknown
  Threshold: number
  ComparisonOperator: string
  Period?: number
  DatapointsToAlarm?: number
  EvaluationPeriods: number
  Metrics?: { Expression?: string; MetricStat?: { Period: number } }[]
}

/**
 * The alarms of a cloud assembly, of all its stacks.
 *
 * @throws Error where there are none.
 */
export function readAlarms(assembly: string = assemblyFolder): Alarm[] {
  const stacks = readdirSync(assembly).filter((file) => file.endsWith('.template.json'))
  const alarms = stacks.flatMap((file) => {
    const { Resources = {} } = JSON.parse(readFileSync(join(assembly, file), 'utf8'))
    return Object.values<{ Type: string; Properties: RawAlarm }>(Resources)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => readAlarm(Properties))
  })
  if (alarms.length === 0) throw new Error(`expected alarms in ${assembly} but found none`)
  return alarms
}

function readAlarm(raw: RawAlarm): Alarm {
  const breach = comparisons[raw.ComparisonOperator]
  if (!breach) throw new Error(`expected a comparison that is known but received ${raw.ComparisonOperator}`)
  const expression = raw.Metrics?.find(({ Expression }) => Expression)?.Expression ?? ''
  const periodSeconds =
    raw.Period ?? raw.Metrics?.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 300
  return {
    name: String(raw.AlarmName).replace(/^[^-]*-/, ''),
    threshold: raw.Threshold,
    breach,
    periodSeconds,
    startsAfterSeconds: (raw.DatapointsToAlarm ?? raw.EvaluationPeriods) * periodSeconds,
    atLeast: Number(/>= (\d+)/.exec(expression)?.[1] ?? 0),
  }
}

/** What each alarm that can be told of would have seen, if the fault had lasted. */
export function observeAlarms(alarms: readonly Alarm[], counted: Counted): Seen[] {
  return alarms.flatMap((alarm) => {
    const measure = values[alarm.name]
    if (!measure) return []
    const value = measure(counted, alarm)
    const { name, threshold, startsAfterSeconds } = alarm
    return [{ name, value, threshold, breached: alarm.breach(value, threshold), startsAfterSeconds }]
  })
}

/** The value below which a share of them lies; 0 of none. */
export function percentile(of: readonly number[], share: number): number {
  const sorted = [...of].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
