// How AWS's Dynamic Image Transformation (ECS, v8) makes few values of headers. Source: dit-header-normalization.js at a5b23a7.

/** Steps to which it takes the width of a viewport, the last for all that is wider. */
const breakpoints = [320, 480, 768, 1024, 1200, 1440, 1920]

/** In the order of preference, whatever their weights. */
const formats = ['webp', 'avif', 'jpeg', 'png', 'heif', 'tiff', 'raw', 'gif']

const formatOf: Readonly<Record<string, string>> = { jpg: 'jpeg', heic: 'heif' }

/** The format that it takes an Accept header for, '' where it names none. */
export function normalizeAccept(accept: string): string {
  const named = accept
    .split(',', 20)
    .map((range) => (range.split(';')[0] as string).trim().toLowerCase().replace('image/', ''))
    .map((name) => formatOf[name] ?? name)
  return formats.find((format) => named.includes(format)) ?? ''
}

/** The step of a viewport, in CSS pixels. */
export function snapViewportWidth(width: number): number {
  return breakpoints.find((each) => each >= width) ?? 1920
}
