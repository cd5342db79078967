/** A time in which one content of an original may be seen. */
interface Span {
  /** Name of the content, as the truth knows it; undefined: the first. */
  generation: string | undefined
  /** Whether there is no original. */
  gone: boolean
  /** Epoch milliseconds. */
  fromMs: number
  untilMs: number
}

/** Which contents of an original could rightly be seen, and when. */
export interface Generations {
  /** Another content is there from now on; the one before may be seen until {@link settle}. */
  change(key: string, next: { generation?: string; gone?: boolean }, now: number): void
  /** Whatever came before the last change must no longer be seen. */
  settle(key: string, now: number): void
  /** Those that a request that was sent and ended so could rightly see. */
  allowed(key: string, sentAt: number, endedAt: number): readonly Pick<Span, 'generation' | 'gone'>[]
}

/** All originals have their first content, for ever. */
export function createGenerations(): Generations {
  const changed = new Map<string, Span[]>()
  const first = (): Span => ({
    generation: undefined,
    gone: false,
    fromMs: Number.NEGATIVE_INFINITY,
    untilMs: Number.POSITIVE_INFINITY,
  })
  return {
    change(key, { generation, gone = false }, now) {
      const spans = changed.get(key) ?? [first()]
      changed.set(key, [...spans, { generation, gone, fromMs: now, untilMs: Number.POSITIVE_INFINITY }])
    },
    settle(key, now) {
      for (const span of (changed.get(key) ?? []).slice(0, -1)) span.untilMs = Math.min(span.untilMs, now)
    },
    allowed: (key, sentAt, endedAt) =>
      (changed.get(key) ?? [first()]).filter(({ fromMs, untilMs }) => fromMs <= endedAt && untilMs >= sentAt),
  }
}
