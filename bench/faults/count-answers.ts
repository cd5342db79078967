import { type Counted, percentile } from './alarms.ts'
import { type Fault, isStreamName } from './fault.ts'
import type { FaultFigures } from './figures.ts'
import type { Flaw, Verdict } from './judge.ts'
import type { Received } from './send.ts'

/** An answer and what it was worth. */
export interface Judged {
  received: Received
  verdict: Verdict
}

type Phase = 'before' | 'during' | 'after'

/** Wrong answers that are described. */
const maxExamples = 5

/**
 * Counts what viewers saw, and what CloudWatch would have counted while the fault lasted. A request belongs to the time in which it
 * was sent; it may be answered with an allowed error after the fault as well, if that had begun before.
 */
export function countAnswers({
  verdicts,
  fault,
  injectedAt,
  liftingAt,
  liftedAt,
}: {
  verdicts: readonly Judged[]
  fault: Pick<Fault, 'allowed' | 'after'>
  injectedAt: number
  /** When it began to be lifted, and when it was. */
  liftingAt: number
  liftedAt: number
}): {
  viewers: Pick<FaultFigures, 'errors' | 'unexpected' | 'wrong' | 'wrongExamples' | 'stale' | 'hitP95Ms'>
  metrics: Omit<Counted, 'seconds' | 'throttled' | 'transformerErrors'> & { timeouts: number }
} {
  const errors: FaultFigures['errors'] = { before: {}, during: {}, after: {} }
  const wrong: Partial<Record<Flaw, number>> = {}
  const wrongExamples: string[] = []
  const unexpected = new Map<string, number>()
  const phaseOf = ({ sentAt, endedAt }: Received): Phase =>
    sentAt >= liftedAt ? 'after' : endedAt >= injectedAt ? 'during' : 'before'
  for (const { received, verdict } of verdicts) {
    const phase = phaseOf(received)
    if (verdict.kind === 'wrong') {
      wrong[verdict.flaw] = (wrong[verdict.flaw] ?? 0) + 1
      if (wrongExamples.length < maxExamples) wrongExamples.push(`${received.target.url}: ${verdict.flaw}`)
    }
    if (verdict.kind !== 'error' || (received.endedAt >= liftingAt && staysRight(fault, received))) continue
    errors[phase][verdict.status] = (errors[phase][verdict.status] ?? 0) + 1
    if (phase === 'during' && isAllowed(fault, received)) continue
    // What comes after the fault is for the time to recovery to judge.
    if (phase !== 'after') add(unexpected, `${phase} the fault, ${received.stream}: ${verdict.status}`)
  }
  const during = verdicts.filter(({ received }) => phaseOf(received) === 'during')
  const xCache = ({ headers }: Received) => String(headers['x-cache'] ?? '')
  const ofCache = (pattern: RegExp) => during.filter(({ received }) => pattern.test(xCache(received)))
  const times = (of: readonly Judged[]) => of.flatMap(({ received }) => received.firstByteMs ?? [])
  const hits = ofCache(/^Hit/).filter(({ verdict }) => verdict.kind === 'right' && !verdict.stale)
  return {
    viewers: {
      errors,
      unexpected: [...unexpected].map(([what, count]) => `${what}, ${count} times`),
      wrong,
      wrongExamples,
      stale: during.filter(({ verdict }) => verdict.kind === 'right' && verdict.stale).length,
      hitP95Ms: percentile(times(hits), 0.95),
    },
    metrics: {
      requests: during.length,
      serverErrors: during.filter(({ received }) => received.status >= 500).length,
      forbidden: during.filter(({ received }) => received.status === 403).length,
      timeouts: during.filter(({ received }) => received.status === 504).length,
      edgeErrors: ofCache(/^FunctionExecutionError/).length,
      edgeInvalid: ofCache(/^FunctionValidationError/).length,
      originLatencies: times(
        ofCache(/^(?:Miss|RefreshHit|Error)/).filter(({ received }) => received.headers.age === undefined),
      ),
    },
  }
}

function isAllowed({ allowed }: Pick<Fault, 'allowed'>, { stream, status }: Received): boolean {
  if (!isStreamName(stream)) return false
  // What is missing must be asked of the origin too.
  const statuses = allowed[stream] ?? (stream === 'refused' ? allowed.fresh : undefined)
  return statuses?.includes(status) ?? false
}

/** Refused for good since the fault. */
function staysRight({ after }: Pick<Fault, 'after'>, { stream, status }: Received): boolean {
  return isStreamName(stream) && (after?.[stream]?.includes(status) ?? false)
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
