import { TransformError } from './transform-error.ts'

/**
 * Milliseconds kept back from Lambda's own timeout, to encode and send an answer of ours. A timed-out Lambda would be
 * CloudFront's 504, which is retried, and replays what cannot succeed.
 */
const reserveMs = 700

/** The moment by which pixels must be done. */
export interface Deadline {
  /** Milliseconds from the start to it. */
  budgetMs: number
  /** Aborted at the deadline: for I/O. */
  signal: AbortSignal
  /** `work`, or `too-costly` at the deadline. The work itself goes on: libvips cannot be stopped. */
  enforce<T>(work: Promise<T>): Promise<T>
}

/** The deadline of a run that Lambda would end in `remainingMs` milliseconds. */
export function startDeadline(remainingMs: number): Deadline {
  const budgetMs = Math.max(0, remainingMs - reserveMs)
  const signal = AbortSignal.timeout(budgetMs)
  return {
    budgetMs,
    signal,
    enforce: (work) =>
      new Promise((resolve, reject) => {
        const refuse = () =>
          reject(new TransformError('too-costly', `a variant within ${budgetMs} ms`, 'one that takes longer'))
        if (signal.aborted) refuse()
        signal.addEventListener('abort', refuse, { once: true })
        work.then(resolve, reject).finally(() => signal.removeEventListener('abort', refuse))
      }),
  }
}
