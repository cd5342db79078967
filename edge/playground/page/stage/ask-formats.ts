import type { AskAnswer, AskRequest, SignAnswer } from '../../api.ts'
import { callApi } from '../request/call-api.ts'
import { hasProof, removeProof, writeParameter } from '../request/request-url.ts'

/** What is compared, the newest first. */
export const comparedFormats = ['avif', 'webp', 'jpeg', 'png'] as const

/** The request in another format, signed where it is signed itself. */
export async function askInFormat(
  request: AskRequest,
  format: string,
  signal: AbortSignal,
): Promise<AskAnswer> {
  const url = writeParameter(removeProof(request.url), 'format', format)
  const sent = hasProof(request.url) ? (await callApi<SignAnswer>('sign', { url }, signal)).url : url
  return callApi('ask', { ...request, url: sent }, signal)
}
