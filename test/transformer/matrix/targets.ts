import type { VariantParameters } from '../../../grammar/parameters.ts'
import type { SourceFormat } from '../../../transformer/original/signatures.ts'

/** A format that is asked for, as a row of the matrix. */
export interface Target {
  parameters: VariantParameters
  /** The media types that the answer may have: more than one where the bytes decide. */
  types: (source: { format: SourceFormat; hasAlpha: boolean; moves: boolean }) => readonly string[]
  /** Whether an animation stays one. */
  moves: boolean
  /** Of 255: what coding loses of a patch. Default 1. */
  error?: number
}

/** Measured on patches at the default quality: what lossy coding may lose of a flat colour, of 255. */
const lossy = 6

/** Asked for beside formats that may be resized: three quarters, so that patches fall between pixels. */
const width = 72

const always = (type: string) => () => [type]

/** A drawing may be passed on as one where nothing names another format. */
const drawing = 'image/svg+xml'

/** A still: every format that is asked for by name, and each class of `auto`. */
export const targets: Readonly<Record<string, Target>> = {
  AVIF: { parameters: { width, format: 'avif' }, types: always('image/avif'), moves: false, error: lossy },
  'lossless AVIF': {
    parameters: { width, format: 'avif', lossless: '1' },
    types: always('image/avif'),
    moves: false,
    error: 2,
  },
  WebP: { parameters: { width, format: 'webp' }, types: always('image/webp'), moves: true, error: lossy },
  'lossless WebP': {
    parameters: { width, format: 'webp', lossless: '1' },
    types: always('image/webp'),
    moves: true,
  },
  'a WebP that is still': {
    parameters: { width, format: 'webp', page: 0 },
    types: always('image/webp'),
    moves: false,
    error: lossy,
  },
  JPEG: { parameters: { width, format: 'jpeg' }, types: always('image/jpeg'), moves: false, error: lossy },
  PNG: { parameters: { width, format: 'png' }, types: always('image/png'), moves: false },
  GIF: { parameters: { width, format: 'gif' }, types: always('image/gif'), moves: true, error: 3 },
  'its own format': {
    parameters: { format: 'original' },
    types: ({ format }) => {
      if (format === 'svg') return ['image/png', drawing]
      return [format === 'tiff' ? 'image/png' : `image/${format}`]
    },
    moves: true,
    error: lossy,
  },
  'auto for who accepts AVIF': {
    parameters: { width, format: 'auto.avif' },
    types: ({ format, moves }) => {
      if (moves) return ['image/webp']
      return ['image/avif', 'image/webp', ...(format === 'svg' ? [drawing] : [])]
    },
    moves: true,
    error: lossy,
  },
  'auto for who accepts WebP': {
    parameters: { width, format: 'auto.webp' },
    types: ({ format }) => (format === 'svg' ? ['image/webp', drawing] : ['image/webp']),
    moves: true,
    error: lossy,
  },
  'auto for who accepts neither': {
    parameters: { width, format: 'auto' },
    types: ({ format, moves, hasAlpha }) => {
      if (format === 'svg') return ['image/png', drawing]
      if (moves) return ['image/gif']
      return hasAlpha ? ['image/png'] : ['image/jpeg', 'image/png']
    },
    moves: true,
    error: lossy,
  },
}
