import { inspectContent, type Raw } from './content.ts'
import { measureDetail } from './detail.ts'
import { type Choice, planCandidates } from './plan/candidates.ts'
import type { Encoder } from './plan/encoder.ts'
import { formatCredit } from './plan/metadata.ts'
import type { Plan } from './plan/plan.ts'
import type { Sharp, SharpModule } from './sharp.ts'

/** A variant's bytes and what they are. */
export interface Rendering {
  bytes: Buffer
  width: number
  height: number
  encoder: Encoder
}

/** `picture` in the format that was planned, or in the one that its content chooses. */
export async function encodePicture(picture: Sharp, plan: Plan, sharp: SharpModule): Promise<Rendering> {
  return plan.choice
    ? encodeSmallest(await readRaw(picture), plan, plan.choice, sharp)
    : encode(tell(picture, plan), plan.encoder)
}

async function encodeSmallest(seen: Raw, plan: Plan, choice: Choice, sharp: SharpModule): Promise<Rendering> {
  const { pixels, ...raw } = seen
  const detail = plan.encoder.format === 'avif' ? await measureDetail(seen, sharp) : undefined
  const content = { ...inspectContent(seen), detail }
  const open = () => {
    const picture = tell(sharp(pixels, { raw, limitInputPixels: false }), plan)
    return content.opaque ? picture.removeAlpha() : picture
  }
  let smallest: Rendering | undefined
  for (const encoder of planCandidates(choice, plan.encoder, plan.quality, content, raw)) {
    const rendering = await encode(open(), encoder)
    if (!smallest || rendering.bytes.length < smallest.bytes.length) smallest = rendering
  }
  if (!smallest) throw new Error('expected an encoder at least')
  return smallest
}

async function readRaw(picture: Sharp): Promise<Raw> {
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return { pixels: data, width: info.width, height: info.height, channels: info.channels as Raw['channels'] }
}

/**
 * sharp writes no metadata unless it is told to. It sets the orientation of what is kept to upright, and all but the profile
 * is kept: the colours are sRGB's by now.
 */
function tell(picture: Sharp, { metadata }: Plan): Sharp {
  if (!metadata) return picture
  if (metadata === 'all') return picture.keepExif().keepXmp()
  const { artist, copyright } = metadata
  const exif = { IFD0: { ...(artist && { Artist: artist }), ...(copyright && { Copyright: copyright }) } }
  return picture.withExif(exif).withXmp(formatCredit(metadata))
}

async function encode(picture: Sharp, encoder: Encoder): Promise<Rendering> {
  const { data, info } = await write(picture, encoder).toBuffer({ resolveWithObject: true })
  // Of an animation, one frame's height and not the stack's.
  return { bytes: data, width: info.width, height: info.pageHeight ?? info.height, encoder }
}

function write(picture: Sharp, encoder: Encoder): Sharp {
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
