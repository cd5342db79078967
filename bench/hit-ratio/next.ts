import { readViewerClass } from '../../grammar/accept.ts'

/** Next.js 16's deviceSizes and imageSizes by default. Source: next/dist/shared/lib/image-config.js. */
const widths = [32, 48, 64, 96, 128, 256, 384, 640, 750, 828, 1080, 1200, 1920, 2048, 3840]

/** The width that its component writes for a picture of `width` pixels: the next one up; undefined for what is no number. */
export function findNextWidth(width: number): number | undefined {
  if (!(width > 0)) return undefined
  return widths.find((each) => each >= width) ?? widths[widths.length - 1]
}

/**
 * The type that it negotiates with `formats: ['image/avif', 'image/webp']`: the first that Accept names with the highest weight,
 * '' for none, as \@hapi/accept does for the headers that browsers send.
 */
export function chooseNextMime(accept: string): string {
  const viewer = readViewerClass(accept)
  return viewer === 'none' ? '' : `image/${viewer}`
}
