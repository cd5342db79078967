import { type Fault, type StreamName, streamNames } from './fault.ts'
import { inTurn, type Stream } from './load.ts'
import type { Target } from './send.ts'
import type { Targets } from './targets.ts'

/** How the load is made up, in shares. Those with a rate of their own in a fault are not scaled. */
const shares: Readonly<Record<StreamName, number>> = {
  popular: 0.68,
  signed: 0.09,
  fresh: 0.11,
  aged: 0.06,
  refused: 0.06,
  special: 0,
}

/** What the load on one fault is made of. */
export interface LoadParts {
  fault: Fault
  targets: Targets
  requestsPerSecond: number
  signed: readonly Target[]
  special: readonly Target[]
  /** Epoch milliseconds from which what is overdue is asked for: the first answer makes it fresh. */
  agedFrom: number
}

/** The parts of the load, each at its own rate. */
export function createStreams(parts: LoadParts): Stream[] {
  const { fault, targets, signed, special, requestsPerSecond } = parts
  const nextAged = inTurn(targets.aged)
  const next: Record<StreamName, () => Target | undefined> = {
    popular: inTurn(targets.popular),
    signed: inTurn(signed),
    fresh: inTurn(targets.fresh, false),
    aged: () => (Date.now() < parts.agedFrom ? undefined : nextAged()),
    refused: inTurn(targets.refused),
    special: inTurn(special),
  }
  return streamNames.map((name) => ({
    name,
    perSecond: fault.perSecond?.[name] ?? shares[name] * requestsPerSecond,
    next: next[name],
  }))
}
