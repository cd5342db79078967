import { blameOriginal } from '../blame.ts'
import type { TransformerSettings } from '../settings.ts'
import type { SharpModule } from '../sharp.ts'
import { TransformError } from '../transform-error.ts'
import { findSignature, type SourceFormat } from './signatures.ts'

/** What the header of an original tells, before any pixel is decoded. */
export interface Source {
  format: SourceFormat
  /** Pixels, after EXIF orientation; of one frame. */
  width: number
  height: number
  hasAlpha: boolean
  /** Whether its channels have 16 bits and a colour profile: sharp brings those into Display P3. */
  deep: boolean
  /** Frames of an animation or pages of a document; 1 for a still. */
  pages: number
  /** Whether the pages are an animation's. */
  animated: boolean
  /** Milliseconds that each frame of an animation is shown, and how often all are, 0 for ever. */
  timing?: { delay: number[]; loop: number }
  /** 1–8, where EXIF says so. */
  orientation?: number
  /** By sharp's names. */
  space?: string
  /** Of a channel, by libvips' names: `uchar` is 8 bits. */
  depth?: string
  /** Metadata as it is in the file. */
  exif?: Buffer
  xmp?: Buffer
}

/** Bytes of a channel, by libvips' names of what is more than one. */
const channelBytes: Readonly<Partial<Record<string, number>>> = {
  ushort: 2,
  short: 2,
  uint: 4,
  int: 4,
  float: 4,
  complex: 8,
  double: 8,
  dpcomplex: 16,
}

/**
 * Reads the header of an original and holds it against the limits.
 *
 * @throws TransformError `not-an-image`, `undecodable`, `over-limit`.
 */
export async function inspectOriginal(
  bytes: Buffer,
  settings: TransformerSettings,
  sharp: SharpModule,
): Promise<Source> {
  const format = checkFormat(bytes)
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw blameOriginal(`a whole ${format} file`, 'a damaged header', error)
    })
  const { pages = 1, hasAlpha, depth, delay, loop } = metadata
  const animated = pages > 1 && (format === 'gif' || format === 'webp')
  // Browsers do not turn animations, whatever their EXIF says.
  const { width, height } = animated ? metadata : metadata.autoOrient
  if (!width || !height)
    throw new TransformError('undecodable', 'a width and a height', `${width} × ${height}`)
  const most = limitPixels(format, channelBytes[depth] ?? 1, settings)
  if (width * height > most) {
    const kind = most < settings.maxSourcePixels ? ' in AVIF or of more than 8 bits a channel' : ''
    const expected = `an original${kind} of at most ${most} pixels`
    throw new TransformError('over-limit', expected, `${width} × ${height}`)
  }
  const deep = depth === 'ushort' && metadata.hasProfile
  const timing = animated ? { delay: delay ?? [], loop: loop ?? 0 } : undefined
  const { orientation, space, exif, xmp } = metadata
  const shown = { format, width, height, hasAlpha, deep, pages, animated, timing }
  return { ...shown, orientation, space, depth, exif, xmp }
}

/**
 * Pixels that an original may have. Of an interlaced picture all is in memory at once, and libheif holds an AVIF whole: 100
 * million pixels of 16 bits took 1.9 GB (measured). Those of 32 bits weigh twice as much again.
 */
function limitPixels(
  format: SourceFormat,
  bytes: number,
  { maxSourcePixels, maxCostlySourcePixels }: TransformerSettings,
): number {
  const costly = format === 'avif' || bytes > 1
  return costly
    ? Math.min(maxSourcePixels, Math.floor((2 * maxCostlySourcePixels) / Math.max(2, bytes)))
    : maxSourcePixels
}

function checkFormat(bytes: Buffer): SourceFormat {
  const signature = findSignature(bytes)
  if (signature?.readable) return signature.format as SourceFormat
  const received = bytes.length === 0 ? 'an empty file' : (signature?.format ?? 'another kind of file')
  throw new TransformError('not-an-image', 'a JPEG, PNG, WebP, AVIF, GIF, TIFF or SVG image', received)
}
