import type { Source } from './original/inspect.ts'
import type { Plan } from './plan/plan.ts'
import type { Sharp, SharpModule } from './sharp.ts'
import { TransformError } from './transform-error.ts'

/** A variant's bytes and what they are. */
export interface Rendering {
  bytes: Buffer
  width: number
  height: number
}

/**
 * Makes the variant: one sharp pipeline, its steps in order.
 *
 * @throws TransformError `undecodable`.
 */
export async function renderVariant(
  bytes: Buffer,
  source: Source,
  plan: Plan,
  sharp: SharpModule,
): Promise<Rendering> {
  try {
    const opened = sharp(bytes, openOptions(source, plan))
    const steps = [orient, convert, ...shape, encode]
    return await finish(
      isReshaped(source, plan)
        ? encode(await reshapeFrames(opened, source, plan, sharp), plan, source)
        : apply(steps, opened, plan, source),
    )
  } catch (error) {
    throw new TransformError('undecodable', `a whole ${source.format} file`, 'a damaged one', error)
  }
}

async function finish(picture: Sharp): Promise<Rendering> {
  const { data, info } = await picture.toBuffer({ resolveWithObject: true })
  // Of an animation, one frame's height and not the stack's.
  return { bytes: data, width: info.width, height: info.pageHeight ?? info.height }
}

/** Whether frames of an animation change their pixels. */
function isReshaped(source: Source, { frames, region, geometry: { scaled, crop, margin } }: Plan): boolean {
  const resized = scaled.width !== source.width || scaled.height !== source.height
  return frames === 'all' && (resized || [region, crop, margin].some((each) => each !== undefined))
}

/**
 * The animation with each frame shaped by itself. libvips holds an animation as one tall picture: scaled as such, the edge
 * of a frame takes on some of its neighbour's colour.
 */
async function reshapeFrames(opened: Sharp, source: Source, plan: Plan, sharp: SharpModule): Promise<Sharp> {
  const stack = await opened.ensureAlpha().raw().toBuffer()
  const { width, height, pages, timing } = source
  const frameBytes = width * height * 4
  const shaped: Buffer[] = []
  for (let page = 0; page < pages; page++) {
    const frame = stack.subarray(page * frameBytes, (page + 1) * frameBytes)
    const picture = sharp(frame, { raw: { width, height, channels: 4 } })
    shaped.push(await apply(shape, picture, plan, source).ensureAlpha().raw().toBuffer())
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

function apply(steps: readonly Step[], picture: Sharp, plan: Plan, source: Source): Sharp {
  return steps.reduce((shaped, step) => step(shaped, plan, source), picture)
}

type Step = (picture: Sharp, plan: Plan, source: Source) => Sharp

function openOptions(source: Source, { frames, geometry, region }: Plan) {
  const pages = frames === 'all' ? { pages: -1 } : { page: frames }
  // 'error' stops at truncated data, and lets pass what decoders only warn of, such as a broken colour profile.
  const options = { failOn: 'error', limitInputPixels: false, ...(source.pages > 1 && pages) } as const
  if (source.format !== 'svg') return options
  // Vector graphics are drawn at the size wanted: 72 dpi is what their own width and height mean.
  const factor = geometry.scaled.width / (region ?? source).width
  return { ...options, density: Math.min(100_000, Math.max(1, 72 * factor)) }
}

const orient: Step = (picture) => picture.autoOrient()

/** sharp ends in sRGB by the embedded profile, except for 16 bits, which it leaves in the P3 that it works in. */
const convert: Step = (picture, _plan, source) =>
  source.deep ? picture.withIccProfile('srgb', { attach: false }) : picture

const select: Step = (picture, { region, geometry }, source) => {
  if (!region) return picture
  if (source.format !== 'svg') return picture.extract(region)
  // Drawn at another density, the whole picture has other pixels than the plan's.
  const factor = geometry.scaled.width / region.width
  const scaled = (length: number) => Math.round(length * factor)
  return picture.extract({
    left: scaled(region.left),
    top: scaled(region.top),
    width: Math.max(1, Math.min(scaled(region.width), scaled(source.width) - scaled(region.left))),
    height: Math.max(1, Math.min(scaled(region.height), scaled(source.height) - scaled(region.top))),
  })
}

const scale: Step = (picture, { geometry: { scaled, crop } }) =>
  crop && 'strategy' in crop
    ? picture.resize(crop.width, crop.height, { fit: 'cover', position: crop.strategy })
    : // To the very pixel: the ratio was decided by the plan.
      picture.resize(scaled.width, scaled.height, { fit: 'fill' })

const cut: Step = (picture, { geometry: { crop } }) =>
  crop && 'left' in crop ? picture.extract(crop) : picture

const pad: Step = (picture, plan, source) => {
  if (!plan.geometry.margin) return picture
  const colour = parseColour(coverColour(plan))
  // Where a half-transparent colour will be laid under the whole picture, the margin must not have it already.
  const background = source.hasAlpha && colour.alpha < 1 ? { ...colour, alpha: 0 } : colour
  return picture.extend({ ...plan.geometry.margin, background })
}

const underlay: Step = (picture, plan, source) => {
  const background = parseColour(coverColour(plan))
  if (!source.hasAlpha || background.alpha === 0) return picture
  if (background.alpha === 1) return picture.flatten({ background })
  const pixel = { create: { width: 1, height: 1, channels: 4, background } } as const
  return picture.composite([{ input: pixel, tile: true, blend: 'dest-over' }])
}

/** What changes the pixels, in order. */
const shape: readonly Step[] = [select, scale, cut, pad, underlay]

const encode: Step = (picture, { encoder }) => {
  // sharp writes no metadata unless it is told to.
  switch (encoder.format) {
    case 'avif':
      return picture.avif(encoder.options)
    case 'webp':
      return picture.webp(encoder.options)
    case 'jpeg':
      return picture.jpeg(encoder.options)
    case 'png':
      return picture.png(encoder.options)
    case 'gif':
      return picture.gif(encoder.options)
  }
}

interface Colour {
  r: number
  g: number
  b: number
  /** 0–1. */
  alpha: number
}

/** The plan's background; over white where the format has no transparency. */
function coverColour({ background, encoder }: Plan): string {
  if (encoder.format !== 'jpeg') return background
  const { r, g, b, alpha } = parseColour(background)
  const over = (channel: number) => Math.round(channel * alpha + 255 * (1 - alpha))
  return [r, g, b].map((channel) => over(channel).toString(16).padStart(2, '0')).join('')
}

function parseColour(hex: string): Colour {
  const [r = 0, g = 0, b = 0, a = 255] = Buffer.from(hex, 'hex')
  return { r, g, b, alpha: a / 255 }
}
