import type { VariantParameters } from '../../grammar/parameters.ts'
import { compass, type Size } from './geometry.ts'

/** Where and how a picture is laid over another, in pixels of that. */
export interface OverlayPlan extends Size {
  left: number
  top: number
  /** 0–1, beside its own transparency. */
  opacity: number
  /** Pixels between it and the next, where it is repeated. */
  gap?: number
}

/**
 * How `overlay` lies on a picture of size `output`: as wide as the URL says, else as it is, shrunk until it fits between the
 * margins.
 */
export function planOverlay(given: VariantParameters, output: Size, overlay: Size): OverlayPlan {
  const share = (percent: number | undefined, whole: number) => Math.round(((percent ?? 0) * whole) / 100)
  const margin = share(given['overlay-margin'], Math.min(output.width, output.height))
  const tiled = given['overlay-gravity'] === 'tile'
  const inset = tiled ? 0 : margin
  const room = {
    width: Math.max(1, output.width - 2 * inset),
    height: Math.max(1, output.height - 2 * inset),
  }
  const percent = given['overlay-width']
  const wanted = percent === undefined ? overlay.width : Math.max(1, share(percent, output.width))
  const factor = Math.min(wanted / overlay.width, room.width / overlay.width, room.height / overlay.height)
  const width = Math.max(1, Math.min(room.width, Math.round(overlay.width * factor)))
  const height = Math.max(1, Math.min(room.height, Math.round(overlay.height * factor)))
  const { x, y } = compass[given['overlay-gravity'] ?? 'centre'] ?? { x: 0, y: 0 }
  return {
    width,
    height,
    left: Math.min(output.width - width, inset + Math.round((room.width - width) * x)),
    top: Math.min(output.height - height, inset + Math.round((room.height - height) * y)),
    opacity: (given['overlay-opacity'] ?? 100) / 100,
    ...(tiled && { gap: margin }),
  }
}
