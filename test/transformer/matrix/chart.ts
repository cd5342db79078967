import sharp, { type Sharp } from 'sharp'
import type { Rgb } from '../../images/colour-math.ts'
import { makePatches, patches, patchSide } from '../../images/colour-patches.ts'
import { stored } from '../../images/quadrants.ts'

/** The colours of a chart, in rows of {@link columns}: whatever turns, mirrors or converts it shows. */
export type Colours = readonly (readonly number[])[]

export const columns = 3
export const rows = patches.length / columns

/** Of all charts, upright. */
export const size = { width: columns * patchSide, height: rows * patchSide }

/** The opacities of a chart that has some: all, most, little, none. */
const opacities = [255, 255, 200, 255, 60, 0]

/** The patches with opacity. */
export const transparentPatches: Colours = patches.map((colour, index) => [
  ...colour,
  opacities[index] ?? 255,
])

/** As {@link transparentPatches}, of formats in which a pixel is there or not. */
export const cutOutPatches: Colours = patches.map((colour, index) => [...colour, index === 5 ? 0 : 255])

/** The patches of each frame of an animation: every colour moves on by one. */
export const movingPatches: readonly Colours[] = [0, 1, 2].map((step) =>
  patches.map((_, index) => patches[(index + step) % patches.length] ?? []),
)

/** `colours` as a chart, upright. */
export function makeChart(colours: Colours = patches): Sharp {
  return makePatches(colours, columns)
}

/** A chart that lies in the file as EXIF orientation `orientation`, 1–8, says. */
export function makeOrientedChart(orientation: number): Sharp {
  const [row = '', column = ''] = stored[orientation] ?? []
  const [across, down] = orientation > 4 ? [rows, columns] : [columns, rows]
  const cells = Array.from({ length: patches.length }, (_, index) => {
    const steps = { [row]: Math.floor(index / across), [column]: index % across }
    const x = steps.left ?? columns - 1 - (steps.right ?? 0)
    const y = steps.top ?? rows - 1 - (steps.bottom ?? 0)
    return patches[y * columns + x] as Rgb
  })
  if (cells.length !== across * down) throw new Error('expected as many cells as patches')
  return makePatches(cells, across).withMetadata({ orientation })
}

/** The frames of {@link movingPatches}, or `frames`, one below the other as sharp takes animations. */
export async function makeFrames(frames: readonly Colours[] = movingPatches): Promise<Sharp> {
  const pictures = await Promise.all(
    frames.map((colours) => makeChart(colours).ensureAlpha().raw().toBuffer()),
  )
  const raw = {
    width: size.width,
    height: size.height * frames.length,
    channels: 4,
    pageHeight: size.height,
  } as const
  return sharp(Buffer.concat(pictures), { raw })
}
