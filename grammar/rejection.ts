import type { EdgeErrorCode } from './edge-errors.ts'

/** Why a URL is refused. The grammar throws it; each rim (edge function, transformer, signer) catches it once. */
export interface Rejection {
  code: EdgeErrorCode
  /** The parameter at fault, by its full name; '' where the key is. */
  parameter: string
  expected: string
  received: string
}

/** Refuses the URL. What was received is quoted to 80 characters, so that an answer stays short. */
export function reject(code: EdgeErrorCode, parameter: string, expected: string, received: string): never {
  throw {
    code: code,
    parameter: parameter,
    expected: expected,
    received: received.slice(0, 80),
  } satisfies Rejection
}
