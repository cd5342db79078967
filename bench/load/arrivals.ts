import { seededRandom } from '../../edge/samples/grain.ts'

/** When requests arrive, whatever becomes of those before them. */
export interface ArrivalPlan {
  requestsPerSecond: number
  seconds: number
  /** More than so many never arrive. */
  maxRequests: number
  /** Evenly, or at random as independent viewers do (Poisson). Default even. */
  kind?: 'even' | 'poisson'
  /** Of the random ones. The same seed gives the same times. Default 1. */
  seed?: number
}

/** The arrivals of `plan`, in milliseconds since its beginning, ascending. */
export function* planArrivals(plan: ArrivalPlan): Generator<number> {
  const { requestsPerSecond, seconds, maxRequests, kind = 'even', seed = 1 } = plan
  const random = seededRandom(seed)
  const meanMs = 1000 / requestsPerSecond
  let atMs = 0
  for (let count = 0; count < maxRequests && atMs < seconds * 1000; count++) {
    yield atMs
    // Not summed up where they are even: a thousand rounded thirds are no third of a thousand.
    atMs = kind === 'even' ? (count + 1) * meanMs : atMs - Math.log(1 - random()) * meanMs
  }
}

/** How many arrivals `plan` has at most, or on average where they are random. */
export function countArrivals({ requestsPerSecond, seconds, maxRequests }: ArrivalPlan): number {
  return Math.min(maxRequests, Math.ceil(requestsPerSecond * seconds))
}
