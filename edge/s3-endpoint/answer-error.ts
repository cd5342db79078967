import { formatElements, xmlDeclaration } from '../xml.ts'
import type { Answer } from './answer.ts'

/**
 * S3's codes, as far as this endpoint needs them: status and public message.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const errors = {
  AccessDenied: [403, 'Access Denied'],
  AuthorizationHeaderMalformed: [400, 'The authorization header that you provided is not valid.'],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  InvalidAccessKeyId: [403, 'The access key id that you provided does not exist here.'],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidObjectState: [403, "The operation is not valid for the object's storage class"],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidRequest: [400, 'Invalid Request'],
  InvalidURI: [400, "Couldn't parse the specified URI."],
  KeyTooLongError: [400, 'Your key is too long'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NotImplemented: [501, 'A header or query you provided implies functionality that is not implemented.'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  RequestTimeTooSkewed: [403, 'The difference between the request time and the current time is too large.'],
  RestoreAlreadyInProgress: [409, 'Object restore is already in progress'],
  SignatureDoesNotMatch: [403, 'The request signature we calculated does not match the one you provided.'],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type ErrorCode = keyof typeof errors

/** Returns S3's XML error. `detail` becomes elements after code and message; it goes to the client, so no secrets. */
export function answerError(code: ErrorCode, detail: Record<string, string>, message?: string): Answer {
  const [status, defaultMessage] = errors[code]
  const elements = formatElements({ Code: code, Message: message ?? defaultMessage, ...detail })
  const headers: Record<string, string> = { 'content-type': 'application/xml' }
  if (code === 'MethodNotAllowed') headers.allow = 'GET, HEAD'
  return { status, headers, body: `${xmlDeclaration}<Error>${elements}</Error>` }
}
