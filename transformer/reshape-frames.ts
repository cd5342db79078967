import type { Overlay } from './draw-overlay.ts'
import type { Source } from './original/inspect.ts'
import type { Plan } from './plan/plan.ts'
import { shapePicture } from './shape.ts'
import type { Sharp, SharpModule } from './sharp.ts'

/** Whether frames of an animation change their pixels. */
export function isReshaped(
  source: Source,
  { frames, region, turn, retouch, geometry: { scaled, crop, margin } }: Plan,
  overlay: Overlay | undefined,
): boolean {
  const resized = scaled.width !== source.width || scaled.height !== source.height
  return (
    frames === 'all' &&
    (resized || [region, turn, crop, retouch, margin, overlay].some((each) => each !== undefined))
  )
}

/**
 * The animation with each frame shaped by itself. libvips holds an animation as one tall picture: scaled as such, the edge
 * of a frame takes on some of its neighbour's colour.
 */
export async function reshapeFrames(
  opened: Sharp,
  source: Source,
  plan: Plan,
  sharp: SharpModule,
  overlay: Overlay | undefined,
): Promise<Sharp> {
  const stack = await opened.ensureAlpha().raw().toBuffer()
  const { width, height, pages, timing } = source
  const frameBytes = width * height * 4
  const shaped: Buffer[] = []
  for (let page = 0; page < pages; page++) {
    const frame = stack.subarray(page * frameBytes, (page + 1) * frameBytes)
    const picture = sharp(frame, { raw: { width, height, channels: 4 } })
    shaped.push(
      await (await shapePicture(picture, plan, source, sharp, overlay)).ensureAlpha().raw().toBuffer(),
    )
  }
  const { output } = plan.geometry
  const raw = {
    width: output.width,
    height: output.height * pages,
    channels: 4,
    pageHeight: output.height,
  } as const
  return timed(sharp(Buffer.concat(shaped), { raw, limitInputPixels: false }), plan, timing)
}

function timed(picture: Sharp, { encoder }: Plan, timing: Source['timing']): Sharp {
  return encoder.format === 'gif' ? picture.gif(timing) : picture.webp(timing)
}
