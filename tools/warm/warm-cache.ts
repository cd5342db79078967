import { type Answer, type Client, isHit } from '../ask.ts'
import { acceptOf, type ViewerClass } from '../viewer-class.ts'
import { type Clock, createPace } from './pace.ts'
import type { Target } from './read-targets.ts'
import { isPassing, planPause } from './retry.ts'

export interface WarmOptions {
  classes: readonly ViewerClass[]
  /** Requests a second at most, retries included. */
  perSecond: number
  /** Requests at a time at most. */
  concurrency: number
  /** Of one request, after 429, 503 or no answer. */
  retries: number
  client: Client
  clock: Clock
  /** Told after each variant. */
  tell(progress: Summary): void
}

/** A variant that could not be had. */
export interface Failure {
  line: number
  url: string
  class: ViewerClass
  /** Status and code, or why there was no answer. */
  received: string
}

/** What has come of it so far. */
export interface Summary {
  /** Variants to ask for. */
  total: number
  hits: number
  misses: number
  /** Of bodies. */
  bytes: number
  retries: number
  failures: readonly Failure[]
}

/** Answers after which a list of nothing but errors is given up: a wrong domain, or URLs that need a signature. */
const hopelessAnswers = 20

/**
 * Asks for each target as a browser of each class does.
 *
 * @throws Error where the first 20 answers are all errors.
 */
export async function warmCache(targets: readonly Target[], options: WarmOptions): Promise<Summary> {
  // Class by class for each image: the Lambda's original is then in hand, and pages are whole one after the other.
  const queue = targets.flatMap((target) => options.classes.map((viewer) => ({ target, viewer })))
  const pace = createPace(options.perSecond, options.clock)
  const failures: Failure[] = []
  const summary = { total: queue.length, hits: 0, misses: 0, bytes: 0, retries: 0, failures }
  let hopeless: Failure | undefined
  let place = 0
  let isReached = false

  const askPatiently = async (url: string, viewer: ViewerClass): Promise<Answer> => {
    for (let attempt = 1; ; attempt++) {
      await pace.take()
      const outcome = await options.client
        .ask(url, { headers: { accept: acceptOf[viewer] } })
        .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
      const answer = outcome instanceof Error ? undefined : outcome
      isReached ||= answer !== undefined
      const isFinal = answer !== undefined && !isPassing(answer)
      // A deployment that never answered is none: its name is misspelt, or there is no way to it.
      if (isFinal || attempt > options.retries || !isReached) {
        if (outcome instanceof Error) throw outcome
        return outcome
      }
      summary.retries++
      // Everyone waits: who is throttled is not helped by others who ask.
      pace.pause(planPause(attempt, answer, options.clock.now()))
    }
  }

  const work = async (): Promise<void> => {
    while (hopeless === undefined) {
      const next = queue[place++]
      if (next === undefined) return
      const { target, viewer } = next
      try {
        const answer = await askPatiently(target.url, viewer)
        if (answer.status !== 200) throw new Error(describeError(answer))
        summary.bytes += answer.body.length
        if (isHit(answer)) summary.hits++
        else summary.misses++
      } catch (error) {
        const received = error instanceof Error ? error.message : String(error)
        failures.push({ ...target, class: viewer, received })
        if (failures.length >= hopelessAnswers && summary.hits + summary.misses === 0)
          hopeless ??= failures.at(-1)
      }
      options.tell(summary)
    }
  }

  await Promise.all(Array.from({ length: options.concurrency }, work))
  if (hopeless !== undefined) {
    throw new Error(
      `expected images but received ${hopelessAnswers} errors and nothing else, the last ${hopeless.received} for ${hopeless.url}`,
    )
  }
  return summary
}

function describeError({ status, headers }: Answer): string {
  const code = headers['x-fovea-error']
  return `${status}${code === undefined ? '' : ` ${code}`}`
}
