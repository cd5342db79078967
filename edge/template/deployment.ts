import type { KeyObject } from 'node:crypto'

// A deployment as the template describes it: everything the local services need, and nothing they decide.

export interface Deployment {
  /** Logical id of the distribution, which stands for its id. */
  distributionId: string
  /** In the order in which they are tried; the default behaviour, pattern `*`, comes last. */
  behaviours: readonly Behaviour[]
  /** Lower case; undefined where the distribution has no cache tags. */
  cacheTagHeader?: string
  /** Least seconds that an error is cached, by status. */
  errorCachingMinSeconds: ReadonlyMap<number, number>
  /** Those with a Function URL, the distribution's own stack first. */
  functions: readonly LambdaFunction[]
  keyValueStores: readonly string[]
  eventFlow: EventFlow
}

export interface Behaviour {
  pathPattern: string
  allowedMethods: readonly string[]
  cachePolicy: CachePolicy
  /** Whether CloudFront packs what can be, as far as the cache policy lets it know what the viewer unpacks. */
  compress: boolean
  /** Headers that CloudFront adds or forwards, lower case. */
  originHeaders: readonly string[]
  responseHeaders: readonly PolicyHeader[]
  /** Public keys by id, of which one must have signed each request; undefined where anyone may ask. */
  trustedKeys?: ReadonlyMap<string, KeyObject>
  viewerFunction?: ViewerFunction
  origin: Origin
}

/** A way of packing, by its name in Accept-Encoding. */
export type Encoding = 'br' | 'gzip'

/** Seconds. */
export interface CachePolicy {
  id: string
  /** What of a viewer's Accept-Encoding is in the key. */
  encodings: readonly Encoding[]
  minSeconds: number
  defaultSeconds: number
  maxSeconds: number
}

/** A header of a response headers policy, name in lower case. */
export interface PolicyHeader {
  name: string
  value: string
  /** Whether it replaces one that the origin sent. */
  override: boolean
}

export interface ViewerFunction {
  name: string
  code: string
  /** Logical id of its KeyValueStore. */
  keyValueStore?: string
}

export interface Origin {
  /** Logical id of the Lambda behind the Function URL. */
  functionId: string
  connectionAttempts: number
  connectionTimeoutSeconds: number
  readTimeoutSeconds: number
  /** Whether requests are signed by Origin Access Control. */
  signed: boolean
  /** Who is asked where this one fails; undefined where it is in no origin group. */
  failover?: Failover
}

/** The second origin of a group. */
export interface Failover {
  origin: Origin
  /** Of the first origin, that have the second asked. */
  statuses: readonly number[]
}

export interface LambdaFunction {
  logicalId: string
  /** The stack that it is in: one of each region. */
  stack: string
  /** Folder of the code. */
  folder: string
  /** `file.export`. */
  handler: string
  environment: Readonly<Record<string, string>>
  memoryMegabytes: number
  timeoutSeconds: number
  /** Whether its Function URL streams (RESPONSE_STREAM) instead of buffering. */
  streams: boolean
  /** Undefined: only the account's limit holds. */
  reservedConcurrency?: number
}

/** What becomes of changes of the originals. Queues go by their logical ids. */
export interface EventFlow {
  /** Whether the bucket sends its events to EventBridge. */
  sendsEvents: boolean
  rules: readonly EventRule[]
  queues: readonly QueueSettings[]
  pollers: readonly PollerSettings[]
}

export interface EventRule {
  /** As EventBridge takes it. */
  pattern: unknown
  /** The queues that are sent what matches. */
  targets: readonly string[]
}

export interface QueueSettings {
  logicalId: string
  visibilitySeconds: number
  deadLetters?: { logicalId: string; maxReceiveCount: number }
}

/** A queue that has a function invoked. */
export interface PollerSettings {
  queue: string
  function: LambdaFunction
  batchSize: number
  windowSeconds: number
  maxConcurrency: number
  reportsFailures: boolean
}
