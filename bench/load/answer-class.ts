import type { Intent } from '../trace/request.ts'

/** What came back. */
export interface Reply {
  /** 0 where nothing came. */
  status: number
  /** Of the header X-Cache; empty without one. */
  xCache: string
  /** Of the header Age; 0 without one. */
  ageSeconds: number
  bytes: number
  /** Of a 429, its body. */
  text?: string
  /** Why nothing came, such as ECONNREFUSED or `timeout`. */
  failure?: string
}

/** Kinds of answers, in the order of reports, and what each is. */
export const answerClasses = {
  hit: 'from the cache, stale ones too',
  miss: 'an image that the origin was asked for, or that another request was fetching',
  refusal: 'refused by the edge function, or an original that cannot be served',
  missing: 'no such original',
  throttled: '429: more runs of the Lambda than it may have at a time',
  error: '500 and above, or no answer',
} as const

export type AnswerClass = keyof typeof answerClasses

/** The kind of `reply`, by its status and by what CloudFront says of it in X-Cache. */
export function classifyReply({ status, xCache, failure }: Reply): AnswerClass {
  if (failure !== undefined || status === 0 || status >= 500) return 'error'
  if (status === 429) return 'throttled'
  if (status === 404 || status === 410) return 'missing'
  // A redirect is what hotlinkers get in place of a picture.
  if (status >= 400 || (status >= 300 && status !== 304)) return 'refusal'
  // A RefreshHit is a hit to CloudFront's statistics, but its viewer has waited for the origin.
  return /^Hit\b/i.test(xCache) ? 'hit' : 'miss'
}

/** What a request of each intent is answered with, where the deployment has the trace's settings. */
export const expectedStatuses: Readonly<Record<Intent, readonly number[]>> = {
  picture: [200],
  hotlink: [403, 302],
  forged: [403],
  missing: [404],
  invalid: [400],
}
