import type { Decision } from '../../grammar/decide.ts'
import type { Rejection } from '../../grammar/rejection.ts'
import { formatTable } from './table.ts'

/** Seconds that an edge may take. */
const timeoutSeconds = 15

/** What an edge said of a URL. */
export interface RemoteAnswer {
  /** Whether it explained itself; else it answered as it answers anyone. */
  explained: boolean
  status: number
  /** Its code, where an ordinary answer is an error. */
  error?: string
  decision?: Decision
}

/**
 * Asks the edge to explain its answer to `url`.
 *
 * @param headers of the viewer, by lower-case name.
 * @throws Error where there is no answer; it does not hold the token.
 */
export async function askEdge(
  url: string,
  headers: Readonly<Record<string, string>>,
  token: string,
): Promise<RemoteAnswer> {
  // Security: in clear the token goes to this machine alone.
  if (!/^https:\/\/|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/?]|$)/i.test(url)) {
    throw new Error('expected a URL of https:// or http://localhost, since the token is sent there')
  }
  const answer = await fetch(url, {
    headers: { ...headers, 'x-fovea-explain': token },
    // Security: not to another host with the token.
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutSeconds * 1000),
  }).catch((error: unknown) => {
    const { cause, name } = error as { cause?: { code?: string }; name?: string }
    throw new Error(`expected an answer of ${new URL(url).host} but received ${cause?.code ?? name}`)
  })
  const isJson = /^application\/json/.test(answer.headers.get('content-type') ?? '')
  const body: unknown = isJson ? await answer.json().catch(() => undefined) : undefined
  if (!isJson) await answer.body?.cancel()
  const explained = typeof body === 'object' && body !== null && 'verdicts' in body
  return {
    explained,
    status: answer.status,
    error: answer.headers.get('x-fovea-error') ?? undefined,
    decision: explained ? (body as Decision) : undefined,
  }
}

/** Whether the edge would let the request pass. */
export function isPassed({ decision }: RemoteAnswer): boolean {
  return decision?.url !== undefined && decision.refusal === undefined
}

/** `answer` for people. */
export function formatRemoteAnswer({ explained, status, error, decision }: RemoteAnswer): string {
  if (!explained || !decision) {
    const answered = `${status}${error ? ` ${error}` : ''}`
    return `The edge did not explain itself: it gave the ordinary answer (${answered}), as it does for a wrong token.`
  }
  const { url, verdicts, kid, class: viewerClass } = decision
  const refusal = decision.refusal as Partial<Rejection> | undefined
  return formatTable([
    ['the edge says', ''],
    ['canonical', url ? `${url.path}?${url.query}` : 'none'],
    ['class', viewerClass ?? 'not known'],
    ['claims key', kid ?? 'none'],
    ...['parse', 'signature', 'bounds', 'hotlink'].map((check) => [
      check,
      verdicts[check] === undefined
        ? 'ok'
        : refusal?.code === verdicts[check]
          ? `${verdicts[check]}: expected ${refusal.expected || 'nothing'}, received ${refusal.received || 'nothing'}`
          : String(verdicts[check]),
    ]),
  ])
}
