/** A clock, and a way to wait by it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  sleep(ms: number): Promise<void>
}

/** When the next request may be sent. */
export interface Pace {
  /** Waits for a turn. Turns are evenly apart. */
  take(): Promise<void>
  /** Lets nobody have a turn for so long. */
  pause(ms: number): void
}

/** At most `perSecond` turns a second, whoever asks for them. */
export function createPace(perSecond: number, { now, sleep }: Clock): Pace {
  let nextAt = 0
  return {
    async take() {
      const at = Math.max(nextAt, now())
      nextAt = at + 1000 / perSecond
      if (at > now()) await sleep(at - now())
    },
    pause(ms) {
      nextAt = Math.max(nextAt, now() + ms)
    },
  }
}
