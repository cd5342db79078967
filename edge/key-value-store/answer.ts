export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/**
 * The service's errors and their status: API reference, PutKey and its kin. `UnknownOperationException` is what services of this
 * protocol answer to what is none of their operations.
 */
const statuses = {
  AccessDeniedException: 403,
  ConflictException: 409,
  InternalServerException: 500,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 402,
  UnknownOperationException: 404,
  ValidationException: 400,
} as const

export type ErrorCode = keyof typeof statuses

/** An error in the protocol restJson1: its name is in a header. */
export function answerError(code: ErrorCode, message: string): Answer {
  return {
    status: statuses[code],
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ Message: message }),
  }
}

/** @param etag of the store, where the operation shows it. */
export function answerJson(body: Record<string, unknown>, etag?: string): Answer {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (etag !== undefined) headers.etag = etag
  return { status: 200, headers, body: JSON.stringify(body) }
}
