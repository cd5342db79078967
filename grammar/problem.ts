/** Media type of {@link formatProblem}. Source: RFC 9457. */
export const problemContentType = 'application/problem+json'

/** What an error answer says of its request. */
export interface Problem {
  /** HTTP status of the answer. */
  status: number
  /** The stable code of an error table. */
  code: string
  /** The parameter at fault; '' where it is none. */
  parameter: string
  expected: string
  received: string
}

/** The body of an error answer: problem details (RFC 9457) whose parts are those of `problem`. */
export const formatProblem = (problem: Problem): string => JSON.stringify(problem)

/** The Cache-Control of an error answer that may be kept for so many seconds; 0 is `no-store`. */
export const formatErrorCacheControl = (maxAgeSeconds: number): string => {
  return maxAgeSeconds ? `public, max-age=${maxAgeSeconds}` : 'no-store'
}
