import type { VariantParameters } from '../grammar/parameters.ts'
import { blameOriginal } from './blame.ts'
import { inspectOriginal } from './original/inspect.ts'
import { type OverlayPlan, planOverlay } from './plan/overlay.ts'
import type { Plan } from './plan/plan.ts'
import type { TransformerSettings } from './settings.ts'
import type { Sharp, SharpModule } from './sharp.ts'
import { convertDeep } from './steps/colour.ts'

/** Pixels that are laid over a picture, RGBA of 8 bits, and where. */
export interface Overlay extends OverlayPlan {
  pixels: Buffer
}

/**
 * The overlay as it is laid over the picture of `plan`: upright, its first frame, in sRGB.
 *
 * @throws TransformError `not-an-image`, `undecodable`, `over-limit`.
 */
export async function drawOverlay(
  bytes: Buffer,
  given: VariantParameters,
  { geometry }: Pick<Plan, 'geometry'>,
  settings: TransformerSettings,
  sharp: SharpModule,
): Promise<Overlay> {
  const limits = { ...settings, maxSourcePixels: settings.maxOverlayPixels }
  const source = await inspectOriginal(bytes, limits, sharp)
  const plan = planOverlay(given, geometry.output, source)
  // Vector graphics are drawn at the size wanted: 72 dpi is what their own width means.
  const density = Math.min(100_000, Math.max(1, (72 * plan.width) / source.width))
  const options = {
    failOn: 'error',
    limitInputPixels: false,
    ...(source.format === 'svg' && { density }),
  } as const
  const picture = convertDeep(sharp(bytes, options), source)
    .autoOrient()
    .resize(plan.width, plan.height, { fit: 'fill' })
    .toColourspace('srgb')
    .ensureAlpha()
  try {
    return { ...plan, pixels: fade(await picture.raw({ depth: 'uchar' }).toBuffer(), plan.opacity) }
  } catch (error) {
    throw blameOriginal(`a whole ${source.format} file for overlay`, 'a damaged one', error)
  }
}

/** `pixels`, RGBA, in place. By hand: sharp would scale channels before it adds those that are missing. */
function fade(pixels: Buffer, opacity: number): Buffer {
  if (opacity === 1) return pixels
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = Math.round((pixels[at] ?? 0) * opacity)
  return pixels
}

/** `picture`, of pixels and nothing still to be done, with the overlay on it; opaque stays opaque. */
export async function lay(overlay: Overlay, picture: Sharp, sharp: SharpModule): Promise<Sharp> {
  const { hasAlpha, width, height } = await picture.metadata()
  const { pixels, gap, left, top } = overlay
  const raw = { width: overlay.width, height: overlay.height, channels: 4 } as const
  const one = { input: pixels, raw, left, top }
  const layer =
    gap === undefined ? one : { ...(await space(overlay, gap, { width, height }, sharp)), tile: true }
  const laid = picture.composite([layer])
  return hasAlpha ? laid : laid.removeAlpha()
}

/** The tile with half of the gap on each side, within the picture: sharp lays the first of them in the centre. */
async function space(
  { pixels, width, height }: Overlay,
  gap: number,
  picture: { width: number; height: number },
  sharp: SharpModule,
) {
  const across = Math.min(gap, picture.width - width)
  const down = Math.min(gap, picture.height - height)
  const [left, top] = [Math.floor(across / 2), Math.floor(down / 2)]
  const edges = { left, right: across - left, top, bottom: down - top }
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .extend({ ...edges, background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { input: data, raw: { width: info.width, height: info.height, channels: 4 as const } }
}
