import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Size } from './geometry.ts'

/** How a picture is turned, in sharp's order: mirrored, then rotated. */
export interface Turn {
  /** Upside down. */
  flip: boolean
  /** Left to right. */
  flop: boolean
  /** Degrees, clockwise. */
  angle: 0 | 90 | 180 | 270
}

/** The turn that `given` asks for, which is to rotate before mirroring; undefined where it asks for none. */
export function planTurn(given: Pick<VariantParameters, 'rotate' | 'flip'>): Turn | undefined {
  if (given.rotate === undefined && given.flip === undefined) return undefined
  const angle = Number(given.rotate ?? 0) as Turn['angle']
  const across = given.flip?.includes('h') ?? false
  const down = given.flip?.includes('v') ?? false
  // Mirrored left to right after a quarter turn is upside down before it.
  return isQuarter(angle) ? { flip: across, flop: down, angle } : { flip: down, flop: across, angle }
}

/** The size of a picture of `size` after `turn`; and the size before it of one that has `size` after it. */
export function turnSize({ width, height }: Size, turn: Turn | undefined): Size {
  return turn && isQuarter(turn.angle) ? { width: height, height: width } : { width, height }
}

function isQuarter(angle: Turn['angle']): boolean {
  return angle % 180 !== 0
}
