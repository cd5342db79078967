import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Size } from './geometry.ts'

/** What is done to the pixels of a picture that has its size, each only where it is asked for. */
export interface Retouch {
  /** Sigma in pixels of the result. */
  blur?: number
  /** Sigma in pixels of the result. */
  sharpen?: number
  /** Factors of lightness and chroma, degrees of hue, in CIE LCh. */
  modulate?: { brightness: number; saturation: number; hue: number }
  /** Each of red, green and blue, 0–255, becomes `factor` × itself + `offset`. */
  contrast?: { factor: number; offset: number }
  /** `rrggbb` whose hue the greys take on; of a grey they stay grey. */
  tint?: string
  /** Of the corners, in pixels of the result; at most half the shorter side. */
  radius?: number
}

/** What of a variant decides its retouch. */
export type RetouchParameters = Pick<
  VariantParameters,
  'blur' | 'sharpen' | 'brightness' | 'contrast' | 'saturation' | 'hue' | 'greyscale' | 'tint' | 'radius'
>

/** The middle of 0–255, which contrast leaves where it is. */
const middleGrey = 128

/** What `given` asks to be done to a picture of `size`; undefined where that is nothing. */
export function planRetouch(given: RetouchParameters, size: Size): Retouch | undefined {
  const { blur, sharpen, brightness = 1, saturation = 1, hue = 0, contrast = 1 } = given
  const modulates = brightness !== 1 || saturation !== 1 || hue !== 0
  const tint = given.tint?.slice(0, 6) ?? (given.greyscale && '808080')
  const retouch: Retouch = {
    ...(blur !== undefined && { blur }),
    ...(sharpen !== undefined && { sharpen }),
    ...(modulates && { modulate: { brightness, saturation, hue } }),
    ...(contrast !== 1 && { contrast: { factor: contrast, offset: middleGrey * (1 - contrast) } }),
    ...(tint && { tint }),
    ...(given.radius !== undefined && { radius: planRadius(given.radius, size) }),
  }
  return Object.keys(retouch).length > 0 ? retouch : undefined
}

function planRadius(radius: number | 'max', { width, height }: Size): number {
  const most = Math.min(width, height) / 2
  return radius === 'max' ? most : Math.min(radius, most)
}
