import type { EdgeErrorCode } from './edge-errors.ts'

/** Why a URL is refused. The grammar throws it; each rim (edge function, transformer, signer) catches it once. */
export interface Rejection {
  code: EdgeErrorCode
  /** HTTP status of the answer: 400, or 403 where the URL is well made. */
  status: number
  /** The parameter at fault, by its full name; '' where it is none. */
  parameter: string
  expected: string
  received: string
}

/** Refuses the URL: it is badly made. What was received is quoted to 80 characters, so that an answer stays short. */
export function reject(
  code: EdgeErrorCode,
  parameter: string,
  expected: string,
  received: string,
  status?: number,
): never {
  throw {
    status: status || 400,
    code: code,
    parameter: parameter,
    expected: expected,
    received: received.slice(0, 80),
  } satisfies Rejection
}

/** Refuses what the URL asks: it is well made, but not for whoever asks. */
export function forbid(code: EdgeErrorCode, parameter: string, expected: string, received: string): never {
  return reject(code, parameter, expected, received, 403)
}
