import type { PairFigures } from '../../../bench/peers/compare.ts'

/** What one of the two made. */
const made = { cpuMs: 100, bytes: 10_000, score: 75 }

/** A cell in which Fovea and another make the same, in the same time. */
export const pair: PairFigures = {
  peer: 'ipx',
  original: '12 MP',
  width: 800,
  format: 'webp',
  fovea: made,
  other: made,
  time: 1,
  bytes: 1,
  equalBytes: 1,
  reached: true,
}
