import { useEffect, useState } from 'preact/hooks'

/** An answer that is asked for anew when its question changes. */
export interface Latest<Value> {
  /** The last answer; while another is on its way, that of the question before. */
  value: Value | undefined
  /** The question that `value` answers. */
  question: string | undefined
  error: string | undefined
  pending: boolean
  /** It has been pending so long that one should say so. */
  slow: boolean
}

/** What is answered sooner shows no sign of waiting. */
const slowMs = 200

/**
 * Asks when `question` changes, and once it has not changed for `delayMs`; undefined asks nothing. What is under way for an
 * older question is aborted, and its answer never shown.
 */
export function useLatest<Value>(
  question: string | undefined,
  ask: (question: string, signal: AbortSignal) => Promise<Value>,
  delayMs = 0,
): Latest<Value> {
  const [latest, setLatest] = useState<Latest<Value>>(nothing)
  useEffect(() => {
    if (question === undefined) {
      setLatest(nothing)
      return
    }
    const abort = new AbortController()
    const { signal } = abort
    setLatest((before) => ({ ...before, pending: true, slow: false }))
    const slowTimer = setTimeout(
      () => setLatest((before) => ({ ...before, slow: before.pending })),
      delayMs + slowMs,
    )
    const timer = setTimeout(() => {
      ask(question, signal)
        .then((value) => settle({ value, error: undefined }))
        .catch((error: unknown) => settle({ value: undefined, error: describeError(error) }))
    }, delayMs)
    const settle = (settled: Pick<Latest<Value>, 'value' | 'error'>) => {
      clearTimeout(slowTimer)
      if (!signal.aborted) setLatest({ ...settled, question, pending: false, slow: false })
    }
    return () => {
      clearTimeout(timer)
      clearTimeout(slowTimer)
      abort.abort()
    }
    // `ask` is new with each drawing, and means the same each time.
  }, [question])
  return latest
}

const nothing = { value: undefined, question: undefined, error: undefined, pending: false, slow: false }

/** What went wrong, as a person reads it. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
