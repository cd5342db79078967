import type { LambdaModel } from './lambda.ts'
import type { World } from './world.ts'

/** Who answered: a tier that held the variant, the Lambda, one of them that another request had asked before, or nobody. */
export type AnsweredBy = 'edge' | 'region' | 'shield' | 'origin' | 'waited' | 'refused'

/** A request on its way. */
export interface Arrival {
  atMs: number
  /** Number of the edge location. */
  edge: number
  /** Its share of all requests, 0–1. */
  edgeShare: number
  /** A whole number for each variant. */
  variant: number
  /** Requests a second of the variant before the simulation began, everywhere; 0: nobody asked for it. */
  perSecond: number
  /** Milliseconds of its transform. */
  runMs: number
}

/** The way from the edge to the Lambda. */
export interface Tiers {
  /** Arrivals must come in the order of their time. */
  answer(arrival: Arrival): { by: AnsweredBy; latencyMs: number }
}

/** What a tier holds: from when, and whether it will be a refusal, which is forgotten at once. */
interface Held {
  readyAtMs: number
  refused: boolean
}

type Answer = [held: Held, by: AnsweredBy]
type Next = (atMs: number) => Answer

/**
 * Edge locations, regional caches and Origin Shield in front of a Lambda. Each tier asks the next one once for a variant, however many
 * wait for it. The ways between tiers take constant times, so requests reach each tier in the order in which they came.
 *
 * A tier that is asked for a variant for the first time holds it with the probability that somebody has asked there within the
 * time that it keeps it: 1 − exp(−rate × time).
 */
export function createTiers(world: World, lambda: LambdaModel, random: () => number): Tiers {
  const { latencyMs, keepSeconds, regions } = world
  const [edges, regional, shield] = [
    new Map<number, Held>(),
    new Map<number, Held>(),
    new Map<number, Held>(),
  ]

  const look = (
    tier: Map<number, Held>,
    key: number,
    atMs: number,
    name: AnsweredBy,
    askedBefore: number,
    next: () => Held | Answer,
  ): Answer => {
    const held = tier.get(key)
    if (held && (!held.refused || held.readyAtMs > atMs))
      return [held, held.readyAtMs > atMs ? 'waited' : name]
    if (!held && random() < 1 - Math.exp(-askedBefore)) {
      const known = { readyAtMs: atMs, refused: false }
      tier.set(key, known)
      return [known, name]
    }
    const got = next()
    const answer: Answer = Array.isArray(got) ? got : [got, 'origin']
    tier.set(key, answer[0])
    return answer
  }

  /** There and back in `wayMs`, and what the answer takes beyond that. */
  const travel = (atMs: number, wayMs: number, next: Next): Answer => {
    const [{ readyAtMs, refused }, by] = next(atMs + wayMs / 2)
    return [{ readyAtMs: Math.max(readyAtMs, atMs + wayMs / 2) + wayMs / 2, refused }, by]
  }

  return {
    answer({ atMs, edge, edgeShare, variant, perSecond, runMs }) {
      const run = (at: number): Held => {
        const endMs = lambda.run(at, runMs + latencyMs.origin)
        return { readyAtMs: endMs ?? at + latencyMs.origin, refused: endMs === undefined }
      }
      const atShield: Next = (at) =>
        look(shield, variant, at, 'shield', perSecond * keepSeconds.shield, () => run(at))
      const atRegion: Next = (at) =>
        look(
          regional,
          variant * regions + (edge % regions),
          at,
          'region',
          (perSecond / regions) * keepSeconds.region,
          () => travel(at, latencyMs.shield, atShield),
        )
      const askedAtEdge = perSecond * edgeShare * keepSeconds.edge
      const [held, by] = look(edges, variant * world.edges + edge, atMs, 'edge', askedAtEdge, () =>
        regions > 0 ? travel(atMs, latencyMs.region, atRegion) : run(atMs),
      )
      return {
        by: held.refused ? 'refused' : by,
        latencyMs: Math.max(0, held.readyAtMs - atMs) + latencyMs.edge,
      }
    },
  }
}
