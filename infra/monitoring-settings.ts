import {
  expectBoolean,
  expectGroup,
  expectKnownNames,
  expectOneOf,
  expectWhole,
  fillIn,
  invalidSetting,
} from './setting-rules.ts'

/** Where an alarm starts; docs/operations.md has a page for each. */
export interface Thresholds {
  /** Share of viewers' requests answered 5xx, in percent, 1–100. Default 1: of a page with 20 pictures every fifth then has a hole. */
  readonly serverErrorPercent: number
  /** Such answers in five minutes, 1–1,000,000, below which their share is not looked at. Default 5: one of ten at night is no outage. */
  readonly serverErrorsAtLeast: number
  /**
   * Share of viewers' requests answered 403, in percent, 1–100. Default 5: what scanners ask for is mostly missing, 404, so that this is
   * hotlinkers and URLs that have ended. A site of which many hotlink wants twice what a good week has; one with few signed URLs less.
   */
  readonly forbiddenPercent: number
  /** Such answers in five minutes, 1–1,000,000, below which their share is not looked at. Default 20: one old page of pictures is no outage. */
  readonly forbiddenAtLeast: number
  /** True hit ratio over a day, in percent, 1–100. Default 90, the target: below it more is paid for making than for keeping. */
  readonly hitPercent: number
  /** Requests a day, 1–1,000,000,000, below which the hit ratio is not looked at. Default 10,000: fewer are mostly first requests. */
  readonly hitRequestsAtLeast: number
  /** 95th percentile of the time to the first byte of what is not in the cache, in ms, 1–120,000. Default 3,000: what people wait for a picture. */
  readonly originP95Milliseconds: number
  /** Runs of the transformer in five minutes that crashed or ran out of time or memory, 1–1,000,000. Default 5: one bad original is answered, not these. */
  readonly transformerErrors: number
  /** Runs refused for want of concurrency in five minutes, 1–1,000,000. Default 1: a viewer may have seen each. */
  readonly throttles: number
  /** Share of the concurrency that there is, in percent, 1–100. Default 80: a raised quota takes days to be granted. */
  readonly concurrencyPercent: number
  /** Requests in five minutes in which an edge function threw or answered what CloudFront cannot read, 1–1,000,000. Default 1: each was a 502 or 503. */
  readonly edgeErrors: number
  /** Share of the time an edge function may take, in percent, 1–100. Default 70: at 100 CloudFront ends it with 503. */
  readonly computePercent: number
  /** Failed rotations of signing keys, 1–1,000,000. Default 1: the old keys still work, but not for ever. */
  readonly rotationFailures: number
  /** How far the second region's bucket may be behind, in seconds, 1–604,800. Default 900: what S3 promises with replication time control. */
  readonly replicationLagSeconds: number
  /** Messages that no attempt could deal with, 1–1,000,000. Default 1: each is an original whose old variants are still served. */
  readonly deadLetters: number
}

/** Real user monitoring: what browsers measure of pages with these pictures. */
export interface Rum {
  /** The host of the pages, or `*.example.com`, which the app monitor is registered for. */
  readonly domain: string
  /** Share of visits that report, in percent, 1–100. Default 10: $1 per 100,000 events, and percentiles need no more. */
  readonly visitPercent: number
}

/** What watches a deployment. */
export interface MonitoringSettings {
  /** Whether there is a dashboard. Default true: an account's first three cost nothing, each further $3 a month. */
  readonly dashboard: boolean
  /** Whether there are alarms and their topic. Default true: $0.10 a month for each metric that one looks at. */
  readonly alarms: boolean
  /** Who gets a mail when an alarm starts or ends; AWS asks the address first. Default undefined: nobody, the topic can be subscribed to later. */
  readonly alarmEmail: string | undefined
  /** Where alarms say that their pages are. Default `docs/operations.md`; an https URL can be clicked in a mail. */
  readonly runbook: string
  /** Whether CloudFront logs requests, without addresses of viewers. Default true: delivery of such short records costs nothing. */
  readonly accessLogs: boolean
  /** Days that access logs are kept, one of CloudWatch's steps. Default 30: long enough to compare with last week. */
  readonly accessLogDays: number
  /** Real user monitoring. Default undefined: none. */
  readonly rum: Rum | undefined
  /** Where alarms start. Default: each its own. */
  readonly thresholds: Thresholds
}

/** What a deployment says of monitoring: whatever is left out has its default. */
export interface GivenMonitoring extends Partial<Omit<MonitoringSettings, 'rum' | 'thresholds'>> {
  readonly rum?: Partial<Rum> & Pick<Rum, 'domain'>
  readonly thresholds?: Partial<Thresholds>
}

/** Counts have no natural end; the hit ratio's traffic is that of a very large site. */
const maxCount = 1_000_000

/** Each threshold: its default, where it ends, its unit. All start at 1. */
const thresholdRows: Readonly<Record<keyof Thresholds, readonly [number, number, string]>> = {
  serverErrorPercent: [1, 100, 'percent'],
  serverErrorsAtLeast: [5, maxCount, 'answers'],
  forbiddenPercent: [5, 100, 'percent'],
  forbiddenAtLeast: [20, maxCount, 'answers'],
  hitPercent: [90, 100, 'percent'],
  hitRequestsAtLeast: [10_000, 1000 * maxCount, 'requests'],
  originP95Milliseconds: [3000, 120_000, 'milliseconds'],
  transformerErrors: [5, maxCount, 'runs'],
  throttles: [1, maxCount, 'runs'],
  concurrencyPercent: [80, 100, 'percent'],
  edgeErrors: [1, maxCount, 'requests'],
  computePercent: [70, 100, 'percent'],
  rotationFailures: [1, maxCount, 'rotations'],
  replicationLagSeconds: [900, 604_800, 'seconds'],
  deadLetters: [1, maxCount, 'messages'],
}

/** Days that CloudWatch can keep logs, up to a year. Source: CloudWatch Logs API, PutRetentionPolicy. */
const logDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365]

const defaultThresholds = Object.fromEntries(
  Object.entries(thresholdRows).map(([name, [value]]) => [name, value]),
) as unknown as Thresholds

const monitoringDefaults: MonitoringSettings = {
  dashboard: true,
  alarms: true,
  alarmEmail: undefined,
  runbook: 'docs/operations.md',
  accessLogs: true,
  accessLogDays: 30,
  rum: undefined,
  thresholds: defaultThresholds,
}

/** A name of a host, with one wildcard in front or none: what CloudWatch RUM takes for a domain. */
const DOMAIN = /^(\*\.)?[a-z\d-]+(\.[a-z\d-]+)+$|^localhost$/

/** Returns complete settings of monitoring. Throws `expected X for NAME but received Y`. */
export function readMonitoring(given: GivenMonitoring = {}): MonitoringSettings {
  expectGroup('monitoring', given)
  const { rum, thresholds, ...flat } = given
  const settings: MonitoringSettings = {
    ...fillIn('monitoring', monitoringDefaults, flat),
    rum: rum === undefined ? undefined : readRum(rum),
    thresholds: readThresholds(thresholds),
  }
  for (const name of ['dashboard', 'alarms', 'accessLogs'] as const) {
    expectBoolean(`monitoring.${name}`, settings[name])
  }
  expectOneOf('monitoring.accessLogDays', settings.accessLogDays, logDays)
  expectText('monitoring.runbook', settings.runbook, /^[^\s#]+$/, 'a path or URL without fragment')
  if (settings.alarmEmail !== undefined) {
    expectText('monitoring.alarmEmail', settings.alarmEmail, /^[^\s@]+@[^\s@]+$/, 'an e-mail address')
    // An address without topic would wait for mails that never come.
    if (!settings.alarms) throw invalidSetting('monitoring.alarms', 'true beside alarmEmail', false)
  }
  return settings
}

function readRum(given: NonNullable<GivenMonitoring['rum']>): Rum {
  expectKnownNames('monitoring.rum', given, { domain: '', visitPercent: 0 })
  const rum = { domain: String(given.domain).toLowerCase(), visitPercent: given.visitPercent ?? 10 }
  expectText('monitoring.rum.domain', rum.domain, DOMAIN, 'the name of a host or *.name')
  expectWhole('monitoring.rum.visitPercent', rum.visitPercent, 1, 100, 'percent')
  return rum
}

function readThresholds(given: Partial<Thresholds> = {}): Thresholds {
  const thresholds = fillIn('monitoring.thresholds', defaultThresholds, given)
  for (const [name, [, most, unit]] of Object.entries(thresholdRows)) {
    expectWhole(`monitoring.thresholds.${name}`, thresholds[name as keyof Thresholds], 1, most, unit)
  }
  return thresholds
}

function expectText(name: string, value: unknown, pattern: RegExp, expected: string): void {
  if (typeof value !== 'string' || !pattern.test(value)) throw invalidSetting(name, expected, value)
}
