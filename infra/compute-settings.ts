import { expectBoolean, expectOneOf, expectWhole, fillIn, invalidSetting } from './setting-rules.ts'

/** The Lambda that makes variants. */
export interface Compute {
  /**
   * Memory of the Lambda, in megabytes, 128–10,240; new accounts may be held to 3,008. Default 1,769, the least that comes with
   * one whole vCPU (Lambda guide): below it transforms take longer for the same money, above it a second one mostly idles.
   */
  readonly memoryMegabytes: number
  /**
   * Time a request may take in the Lambda, in seconds, 1–100. Default 10: over ten times the slowest transform measured; what
   * takes longer is an original that means harm, and each second more of patience is a second more that it costs.
   */
  readonly timeoutSeconds: number
  /**
   * How the Function URL answers: `buffered` up to about 4.5 MB of image, with Content-Length; `stream` up to 200 MB, slower
   * beyond 6 MB and without Content-Length. Default `buffered`.
   */
  readonly invokeMode: 'buffered' | 'stream'
  /**
   * Runs at a time that are kept for the Lambda and that it may not exceed, 1–100,000; beyond them viewers get 429. Default
   * undefined: it shares the account's, because a new account has 10 runs in all and none that can be reserved.
   */
  readonly reservedConcurrency: number | undefined
  /**
   * Sandboxes that are kept warm, 1–100,000, at most those reserved. Default undefined: none, since they are billed whether they
   * run or not, and a cold start happens at a miss only. With it the Function URL is on the alias `live` of a published version.
   */
  readonly provisionedConcurrency: number | undefined
  /** How long the Lambda's log is kept, in days, one of the periods that CloudWatch Logs knows. Default 30: a month's bill can be explained. */
  readonly logRetentionDays: number
  /** Whether X-Ray traces requests, those it samples. Default false: it is billed by trace, and Server-Timing says most of it. */
  readonly tracing: boolean
}

const computeDefaults: Compute = {
  memoryMegabytes: 1769,
  timeoutSeconds: 10,
  invokeMode: 'buffered',
  reservedConcurrency: undefined,
  provisionedConcurrency: undefined,
  logRetentionDays: 30,
  tracing: false,
}

/** CloudFront waits at most 120 s for an origin (default quota); the rest is for a cold start, see `delivery.ts`. */
const maxTimeoutSeconds = 100

/** More than any account has; whether this account has as many, `preflight.ts` asks. */
const maxConcurrency = 100_000

/** Source: CloudWatch Logs API reference, `PutRetentionPolicy`. */
const retentionDays: readonly unknown[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** Returns the settings of the Lambda, complete. */
export function readCompute(given: Partial<Compute> = {}): Compute {
  const compute = fillIn('compute', computeDefaults, given)
  const { reservedConcurrency: reserved, provisionedConcurrency: provisioned } = compute
  expectWhole('compute.memoryMegabytes', compute.memoryMegabytes, 128, 10_240, 'megabytes')
  expectWhole('compute.timeoutSeconds', compute.timeoutSeconds, 1, maxTimeoutSeconds, 'seconds')
  expectOneOf('compute.invokeMode', compute.invokeMode, ['buffered', 'stream'])
  if (reserved !== undefined) expectWhole('compute.reservedConcurrency', reserved, 1, maxConcurrency, 'runs')
  if (provisioned !== undefined) {
    expectWhole('compute.provisionedConcurrency', provisioned, 1, reserved ?? maxConcurrency, 'sandboxes')
  }
  if (!retentionDays.includes(compute.logRetentionDays)) {
    throw invalidSetting(
      'compute.logRetentionDays',
      `one of ${retentionDays.join(', ')} days`,
      compute.logRetentionDays,
    )
  }
  expectBoolean('compute.tracing', compute.tracing)
  return compute
}

/**
 * Returns the settings as they hold in the second region. No sandboxes are provisioned there: they would be paid for all the time, to
 * be asked in the rare minutes in which the first region fails.
 */
export function moveCompute(compute: Compute): Compute {
  return { ...compute, provisionedConcurrency: undefined }
}
