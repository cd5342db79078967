import type { Thresholds } from '../monitoring-settings.ts'

/** When an alarm starts, and why then. */
export interface AlarmRow {
  /** What holds once it has started; the threshold stands for `#`. */
  readonly says: string
  /** Which threshold of the settings. */
  readonly threshold: keyof Thresholds
  /** Where the threshold lies from what is well. */
  readonly breach: 'above' | 'at-least' | 'below'
  readonly periodSeconds: number
  /** Periods looked at, and how many of them must breach. */
  readonly periods: number
  readonly breaching: number
  /** What no data means: `well`, or `unchanged` where it says nothing. */
  readonly missing: 'well' | 'unchanged'
  /** Why these periods, and why missing data means that. */
  readonly reason: string
}

const minute = 60
const fiveMinutes = 5 * minute
const day = 86_400

/**
 * Every alarm that there can be. Each name has a page in docs/operations.md, its heading the name. Which of them a deployment
 * has follows from its parts: the last three are raised by the parts that can fail so.
 */
export const alarmTable = {
  'server-errors': {
    says: 'more than # % of answers to viewers are 5xx',
    threshold: 'serverErrorPercent',
    breach: 'above',
    periodSeconds: fiveMinutes,
    periods: 3,
    breaching: 2,
    missing: 'well',
    reason: 'Two of three periods: a deployment may cost one. No data is no traffic.',
  },
  forbidden: {
    says: 'more than # % of answers to viewers are 403',
    threshold: 'forbiddenPercent',
    breach: 'above',
    periodSeconds: fiveMinutes,
    periods: 3,
    breaching: 3,
    missing: 'well',
    reason:
      'A quarter of an hour: one viewer with old URLs is gone. A share that is set and not learnt (anomaly detection): a rule that was wrong from its first day would be what is normal. No data is no traffic.',
  },
  'hit-ratio': {
    says: 'less than # % of cacheable requests of a day were answered from the cache',
    threshold: 'hitPercent',
    breach: 'below',
    periodSeconds: day,
    periods: 1,
    breaching: 1,
    missing: 'well',
    reason: 'A day has its nights and its sales. No data is too little traffic to say.',
  },
  'origin-latency': {
    says: 'one in twenty pictures that were not in the cache took longer than # ms to begin',
    threshold: 'originP95Milliseconds',
    breach: 'above',
    periodSeconds: fiveMinutes,
    periods: 3,
    breaching: 3,
    missing: 'well',
    reason: 'A quarter of an hour: bursts of new pictures are slow and over. No data is no misses.',
  },
  'transformer-errors': {
    says: '# or more runs of the transformer crashed or ran out of time or memory in five minutes',
    threshold: 'transformerErrors',
    breach: 'at-least',
    periodSeconds: fiveMinutes,
    periods: 3,
    breaching: 2,
    missing: 'well',
    reason: 'Two of three periods: one hostile original is soon an answer that is kept. No data is no runs.',
  },
  throttles: {
    says: '# or more runs of the transformer were refused for want of concurrency in five minutes',
    threshold: 'throttles',
    breach: 'at-least',
    periodSeconds: fiveMinutes,
    periods: 3,
    breaching: 2,
    missing: 'well',
    reason:
      'Two of three periods: a first burst is smoothed by what it leaves in the cache. No data is no runs.',
  },
  concurrency: {
    says: 'more than # % of the concurrency that there is was used',
    threshold: 'concurrencyPercent',
    breach: 'above',
    periodSeconds: minute,
    periods: 5,
    breaching: 3,
    missing: 'well',
    reason: 'By the minute, since the rest is used up in minutes. No data is no runs.',
  },
  'edge-errors': {
    says: '# or more requests in five minutes in which an edge function threw',
    threshold: 'edgeErrors',
    breach: 'at-least',
    periodSeconds: fiveMinutes,
    periods: 1,
    breaching: 1,
    missing: 'well',
    reason: 'At once: the function never throws, so that one is a fault for everyone. No data is none.',
  },
  'edge-validation': {
    says: '# or more requests in five minutes to which an edge function answered what CloudFront cannot read',
    threshold: 'edgeErrors',
    breach: 'at-least',
    periodSeconds: fiveMinutes,
    periods: 1,
    breaching: 1,
    missing: 'well',
    reason: 'At once, as for edge-errors. No data is none.',
  },
  'edge-compute': {
    says: 'an edge function takes more than # % of the time that it may',
    threshold: 'computePercent',
    breach: 'above',
    periodSeconds: fiveMinutes,
    periods: 3,
    breaching: 3,
    missing: 'well',
    reason: 'A quarter of an hour: the machines at the edge are shared and noisy. No data is no traffic.',
  },
  'rotation-failed': {
    says: '# or more rotations of signing keys failed',
    threshold: 'rotationFailures',
    breach: 'at-least',
    periodSeconds: fiveMinutes,
    periods: 1,
    breaching: 1,
    missing: 'unchanged',
    reason: 'At once: it runs seldom. Unchanged without data, or it would be over before anyone read of it.',
  },
  'replication-lag': {
    says: 'the second region is more than # s behind the first',
    threshold: 'replicationLagSeconds',
    breach: 'above',
    periodSeconds: fiveMinutes,
    periods: 3,
    breaching: 3,
    missing: 'well',
    reason: 'A quarter of an hour: one large upload takes a while. No data is nothing to copy.',
  },
  'dead-letters': {
    says: '# or more messages could not be dealt with',
    threshold: 'deadLetters',
    breach: 'at-least',
    periodSeconds: fiveMinutes,
    periods: 1,
    breaching: 1,
    missing: 'unchanged',
    reason:
      'At once: all attempts are over. A queue that is idle for hours tells no count, which changes nothing.',
  },
} as const satisfies Record<string, AlarmRow>

/** The name of an alarm. */
export type AlarmName = keyof typeof alarmTable

/** What reaches the topic without an alarm of CloudWatch's: the budget. It has a page like the others. */
export const otherPages = ['budget'] as const

/** Returns where an alarm's page is; GitHub's anchor of its heading. */
export function formatPageLink(runbook: string, name: AlarmName | (typeof otherPages)[number]): string {
  return `${runbook}#${name}`
}
