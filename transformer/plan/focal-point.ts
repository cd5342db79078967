import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Size } from './geometry.ts'
import type { Region } from './region.ts'
import type { Turn } from './turn.ts'

/** What a URL asks, and what its original wants kept in sight where the URL does not say. */
export type AskedParameters = VariantParameters & {
  /** Of the original as it is seen, `x_y` in shares of width and height. */
  focalPoint?: string
}

/**
 * Whether the focal point of an original, if it has one, matters to `given`: where something is cropped and the URL does not
 * say where, and to who asks for it. It goes by what was asked alone, so that an ETag can be told without reading a picture.
 */
export function usesFocalPoint(given: VariantParameters): boolean {
  const boxed = given.width !== undefined && given.height !== undefined
  const cropped = boxed ? given.fit === undefined || given.fit === 'cover' : given.aspect !== undefined
  return given.format === 'json' || (cropped && given.gravity === undefined)
}

/**
 * The gravity of a picture that is `region` of `source`, turned: as the URL gives it, else the original's focal point, where
 * that has come to lie. What was cut away has its nearest edge.
 */
export function planGravity(
  given: AskedParameters,
  source: Size,
  region: Region | undefined,
  turn: Turn | undefined,
): VariantParameters['gravity'] {
  if (given.focalPoint === undefined || given.format === 'json' || !usesFocalPoint(given))
    return given.gravity
  const [x = 0.5, y = 0.5] = given.focalPoint.split('_').map(Number)
  const part = region ?? { left: 0, top: 0, ...source }
  const within = (at: number) => Math.min(1, Math.max(0, at))
  const shares = {
    x: within((x * source.width - part.left) / part.width),
    y: within((y * source.height - part.top) / part.height),
  }
  const { x: across, y: down } = turnPoint(shares, turn)
  return `${across.toFixed(4)}_${down.toFixed(4)}`
}

/** Mirrored, then rotated: the order of {@link Turn}. */
function turnPoint({ x, y }: { x: number; y: number }, turn: Turn | undefined): { x: number; y: number } {
  const mirrored = { x: turn?.flop ? 1 - x : x, y: turn?.flip ? 1 - y : y }
  switch (turn?.angle) {
    case 90:
      return { x: 1 - mirrored.y, y: mirrored.x }
    case 180:
      return { x: 1 - mirrored.x, y: 1 - mirrored.y }
    case 270:
      return { x: mirrored.y, y: 1 - mirrored.x }
    default:
      return mirrored
  }
}
