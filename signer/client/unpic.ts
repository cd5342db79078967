import type { ImageParameters } from '../image-parameters.ts'
import { invalidArgument } from '../invalid-argument.ts'
import { type ImageHost, imageUrl } from './image-url.ts'

// In the form of the providers of unpic: URLs to operations and back. Source: unpic 4, src/types.ts, src/providers/ipx.ts.

/** Operations by full names. Components give numbers that may be texts or fractions. */
export type FoveaOperations = Omit<ImageParameters, 'width' | 'height' | 'quality' | 'format'> & {
  width?: number | string
  height?: number | string
  quality?: number | string
  format?: string
}

/** Where the images are: what URLs without a host lack. */
export type FoveaOptions = Pick<ImageHost, 'baseUrl'>

const fullNames: Readonly<Record<string, string>> = {
  w: 'width',
  h: 'height',
  ar: 'aspect',
  g: 'gravity',
  bg: 'background',
  grayscale: 'greyscale',
  f: 'format',
  fm: 'format',
  q: 'quality',
  v: 'version',
}

/** What a signature or a canonical URL adds, which a changed URL cannot keep. */
const bound = /^(?:exp|kid|sig|rev|key)$/

/** Original and operations of a URL, canonical and signed ones too; null for what is no image of the host. */
export function extract(
  url: string | URL,
  options: FoveaOptions = {},
): { src: string; operations: FoveaOperations; options: FoveaOptions } | null {
  const text = String(url)
  const [, origin = '', path = '', query = ''] =
    /^(https?:\/\/[^/?#]+)?\/?([^?#]*)\??([^#]*)/i.exec(text) ?? []
  if (options.baseUrl && origin && origin !== options.baseUrl.replace(/\/$/, '')) return null
  const pairs = new URLSearchParams(query)
  const canonical = /^rev=/.test(query)
  const key = pairs.get('key') || decode(canonical ? path.replaceAll('~', '%') : path)
  if (!key || (!origin && /^[a-z][a-z\d+.-]*:/i.test(text))) return null
  const operations: Record<string, string | number> = {}
  for (const [sent, value] of pairs) {
    const name = fullNames[sent.toLowerCase()] ?? sent.toLowerCase()
    if (bound.test(name)) continue
    const text = canonical ? decode(value.replaceAll('~', '%')) : value
    operations[name] = /^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text
  }
  // Its viewer's class.
  if (canonical && /^auto/.test(String(operations.format))) delete operations.format
  const baseUrl = origin || options.baseUrl
  return { src: imageUrl(key, {}, { baseUrl }), operations, options: baseUrl ? { baseUrl } : {} }
}

/** The URL of `src`, a key or a URL of one, as `operations` ask. */
export function generate(src: string | URL, operations: FoveaOperations, options: FoveaOptions = {}): string {
  const found = extract(src, options)
  if (!found) throw invalidArgument('src', `an image of ${options.baseUrl ?? 'http or https'}`, String(src))
  const key = decode(found.src.replace(/^https?:\/\/[^/]+/, '').slice(1))
  const host = { baseUrl: found.options.baseUrl ?? options.baseUrl }
  const { width, height, quality, ...rest } = operations
  const given = { ...rest, width: round(width), height: round(height), quality: round(quality) }
  return imageUrl(key, given as ImageParameters, host)
}

/** `src` with `operations` in place of its own of the same names. */
export function transform(
  src: string | URL,
  operations: FoveaOperations,
  options: FoveaOptions = {},
): string {
  const own = extract(src, options)?.operations
  return generate(src, { ...own, ...operations }, options)
}

function round(value: number | string | undefined): number | string | undefined {
  // Components compute sizes, and the edge takes whole pixels.
  return value === undefined || value === '' || Number.isNaN(Number(value))
    ? value
    : Math.round(Number(value))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
