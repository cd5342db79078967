import {
  type CachedOrigin,
  createCachedOrigin,
  type EdgeAnswer,
  type OriginBoundRequest,
} from '../../../edge/cloudfront/cached-origin.ts'
import type { OriginAnswer, OriginRequest } from '../../../edge/cloudfront/origin-client.ts'
import { createStats, type Stats } from '../../../edge/stats.ts'
import type { Behaviour, Deployment } from '../../../edge/template/deployment.ts'

export const behaviour: Behaviour = {
  pathPattern: '*',
  allowedMethods: ['GET', 'HEAD'],
  compress: false,
  cachePolicy: { id: 'policy', encodings: [], minSeconds: 0, defaultSeconds: 60, maxSeconds: 31_536_000 },
  originHeaders: [],
  responseHeaders: [],
  origin: {
    functionId: 'f',
    connectionAttempts: 1,
    connectionTimeoutSeconds: 2,
    readTimeoutSeconds: 5,
    signed: true,
  },
}

export const deployment: Deployment = {
  distributionId: 'Distribution',
  behaviours: [behaviour],
  cacheTagHeader: 'x-tags',
  errorCachingMinSeconds: new Map([[503, 1]]),
  functions: [],
  keyValueStores: [],
  eventFlow: { sendsEvents: false, rules: [], queues: [], pollers: [] },
}

/** What the origin answers from now on; the body counts, so that each answer is known by it. */
export interface Saying {
  status?: number
  cacheControl?: string
  failed?: boolean
  /** Answered 304 where the request names it. */
  etag?: string
  headers?: Record<string, string>
}

/** A cache in front of an origin that counts, with a clock that is set by hand. */
export interface Bench {
  cachedOrigin: CachedOrigin
  stats: Stats
  /** Every request that reached the origin. */
  asked: OriginRequest[]
  say(saying: Saying): void
  /** Holds the origin's answers back until the function that is returned is called. */
  hold(): () => void
  advance(seconds: number): void
  /** The answer to a request for `url`, with its body as text. */
  get(url?: string, given?: Partial<OriginBoundRequest>): Promise<EdgeAnswer & { text: string }>
}

export function createBench(): Bench {
  const stats = createStats()
  const asked: OriginRequest[] = []
  let saying: Saying = {}
  let nowMs = 1_000_000
  let held: Promise<void> | undefined
  async function fetchOrigin(_origin: unknown, request: OriginRequest): Promise<OriginAnswer> {
    asked.push(request)
    const { status = 200, cacheControl, failed = false, etag } = saying
    const body = request.method === 'HEAD' ? '' : `answer ${asked.length}`
    const headers = {
      ...(cacheControl !== undefined && { 'cache-control': cacheControl }),
      ...(etag !== undefined && { etag }),
      ...saying.headers,
    }
    await held
    if (etag !== undefined && request.headers['if-none-match'] === etag) {
      return { status: 304, headers, body: Buffer.alloc(0), failed: false }
    }
    return { status, headers, body: Buffer.from(body), failed }
  }
  const cachedOrigin = createCachedOrigin(deployment, fetchOrigin, stats, () => nowMs)
  return {
    cachedOrigin,
    stats,
    asked,
    say: (next) => {
      saying = next
    },
    hold() {
      let release = () => {}
      held = new Promise((resolve) => {
        release = () => {
          held = undefined
          resolve()
        }
      })
      return release
    },
    advance: (seconds) => {
      nowMs += seconds * 1000
    },
    async get(url = '/a', given = {}) {
      const answer = await cachedOrigin.get({
        behaviour,
        method: 'GET',
        url,
        encodings: [],
        headers: {},
        ...given,
      })
      return { ...answer, text: answer.body.toString() }
    },
  }
}

/** Lets what was begun behind an answer come to its end. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
