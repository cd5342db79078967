import type { Shapes } from '../scale/shapes.ts'
import { simulate } from '../scale/simulate.ts'
import { defaultWorld } from '../scale/world.ts'
import { shares } from '../trace/shares.ts'

/** A month of traffic, as far as it is billed. */
export interface Traffic {
  requests: number
  originals: number
  originalBytes: number
  /** Distinct variants that are asked for within the month. */
  variants: number
  /** The same where formats are not told apart. */
  transformations: number
  bytesToViewers: number
  /** Seconds of processor for all variants once. */
  transformSeconds: number
  variantBytes: number
  /** Requests that neither an edge location nor a regional cache answers. */
  shieldRequests: number
  signedRequests: number
  /** Requests for keys that no original has: each a run that makes nothing. */
  missingRequests: number
}

/** Requests that are simulated to see how many reach Origin Shield. */
const simulatedRequests = 10_000

const secondsOfMonth = 30 * 86_400

/** Ranks that have about one popularity are taken together, this much of a rank wide. */
const step = 0.02

/**
 * The trace over a month. A variant is made once, as the month that CloudFront may keep it and an unlimited shield have it: of each
 * original and shape the chance that anybody asks, 1 − exp(−expected requests).
 */
export function estimateTraffic(
  requests: number,
  originals: number,
  originalBytes: number,
  shapes: Shapes,
): Traffic {
  const exponent = shares.zipfExponent.value
  let weight = 0
  for (let rank = 0; rank < originals; rank++) weight += (rank + 1) ** -exponent
  const pictures =
    requests *
    (1 - shares.missing.value - shares.hotlinked.value - shares.forged.value - shares.invalid.value)
  const traffic = { variants: 0, transformations: 0, transformSeconds: 0, variantBytes: 0 }
  for (let from = 0; from < originals; ) {
    const to = Math.min(originals, Math.max(from + 1, Math.ceil(from * (1 + step))))
    const asked = (pictures * ((from + to + 1) / 2) ** -exponent) / weight
    shapes.shares.forEach((share, shape) => {
      const made = (to - from) * (1 - Math.exp(-asked * share))
      traffic.variants += made
      traffic.transformSeconds += (made * (shapes.milliseconds[shape] as number)) / 1000
      traffic.variantBytes += made * (shapes.bytes[shape] as number)
    })
    for (const share of shapes.unformatted)
      traffic.transformations += (to - from) * (1 - Math.exp(-asked * share))
    from = to
  }
  const meanBytes = shapes.shares.reduce(
    (sum, share, shape) => sum + share * (shapes.bytes[shape] as number),
    0,
  )
  return {
    requests,
    originals,
    originalBytes,
    ...traffic,
    bytesToViewers: pictures * meanBytes,
    shieldRequests: requests * findShieldShare(requests, originals, shapes),
    signedRequests: requests * shares.signed.value,
    missingRequests: requests * shares.missing.value,
  }
}

/** The share of requests that neither edge locations nor regional caches answer in `bench:scale`'s steady state at this rate. */
function findShieldShare(requests: number, originals: number, shapes: Shapes): number {
  const requestsPerSecond = requests / secondsOfMonth
  const { answered, requests: simulated } = simulate({
    world: defaultWorld,
    shapes,
    scenario: 'steady state',
    requestsPerSecond,
    seconds: simulatedRequests / requestsPerSecond,
    originals,
    sample: 1,
  })
  return (answered.shield + answered.origin) / simulated
}
