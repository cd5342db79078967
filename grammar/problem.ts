import type { ErrorRow } from './error-row.ts'

/** Media type of {@link formatProblem}. Source: RFC 9457. */
export const problemContentType = 'application/problem+json'

/** What an error answer says of its request. */
export interface Problem {
  /** The stable code of an error table. */
  code: string
  /** The parameter at fault; '' where it is none. */
  parameter: string
  expected: string
  received: string
}

/** The body of an error answer: problem details (RFC 9457), with the parts of `problem` as extensions. */
export const formatProblem = (row: ErrorRow, problem: Problem): string => {
  const subject = problem.parameter && `${problem.parameter}: `
  const detail = `${subject}expected ${problem.expected}, received ${problem.received || 'nothing'}`
  return JSON.stringify(Object.assign({ status: row.status, detail: detail }, problem))
}

/** The Cache-Control of an error answer. */
export const formatErrorCacheControl = (row: ErrorRow): string => {
  return row.maxAgeSeconds ? `public, max-age=${row.maxAgeSeconds}` : 'no-store'
}
