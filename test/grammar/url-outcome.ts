import type { DecisionSettings } from '../../grammar/decide.ts'
import { edgeErrors } from '../../grammar/edge-errors.ts'
import { readUrl } from '../../grammar/read-url.ts'
import type { Rejection } from '../../grammar/rejection.ts'
import { unsignedPattern } from '../../grammar/unsigned.ts'
import { formatVariant, type Variant } from '../../grammar/variant.ts'
import { readViewer, type Viewer } from '../../grammar/viewer.ts'

/** The settings that tests use: those of a deployment that sets none, but open to everyone, with presets. */
export const settings: DecisionSettings = {
  ladder: [160, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840],
  aspects: ['1-1', '4-3', '3-4', '3-2', '2-3', '16-9', '9-16'],
  presets: { card: { width: 300, height: 250 }, wide: { aspect: '16-9', quality: 'high' } },
  access: [['', 'open']],
  unsigned: unsignedPattern,
  overlays: '',
  lifetime: 86_400,
  skew: 60,
}

/** The viewer that sends `headers`, by lower-case name; an AVIF viewer where they hold no Accept. */
export function viewerWith(headers: Readonly<Record<string, string>> = {}): Viewer {
  const sent: Readonly<Record<string, string>> = { accept: 'image/avif,image/webp,*/*;q=0.8', ...headers }
  return readViewer((name) => sent[name] ?? '')
}

/** The variant that `url` (a path with its query) means to `viewer`. */
export function readText(url: string, viewer: Viewer = viewerWith()): Variant {
  const [path, query] = splitUrl(url)
  return readUrl(path, query, viewer, settings, false)
}

/** The canonical URL of `url`, as one text. */
export function canonicalOf(url: string, viewer: Viewer = viewerWith()): string {
  const { path, query } = formatVariant(readText(url, viewer))
  return `${path}?${query}`
}

/** Why `url` is refused. Throws where it is not, or where what was thrown is not a well-made rejection. */
export function rejectionOf(url: string, viewer: Viewer = viewerWith()): Rejection {
  let canonical: string
  try {
    canonical = canonicalOf(url, viewer)
  } catch (thrown) {
    return checkRejection(thrown)
  }
  throw new Error(`expected ${url} to be refused but it became ${canonical}`)
}

/** The canonical URL of `url`, or the code and parameter of its rejection: what a law compares. */
export function outcomeOf(url: string, viewer: Viewer = viewerWith()): string {
  try {
    return canonicalOf(url, viewer)
  } catch (thrown) {
    const { code, parameter } = checkRejection(thrown)
    return `refused: ${code} ${parameter}`
  }
}

/** `thrown`, if it is a rejection in every field; else throws an Error that says what it is. */
export function checkRejection(thrown: unknown): Rejection {
  const { status, code, parameter, expected, received } = thrown as Partial<Rejection>
  const texts: unknown[] = [parameter, expected, received]
  const known =
    typeof code === 'string' &&
    Object.hasOwn(edgeErrors, code) &&
    // A page that may not show the picture can be sent to a placeholder instead.
    (status === edgeErrors[code].status || (code === 'hotlink' && status === 302))
  if (thrown instanceof Error || !known || !texts.every((each) => typeof each === 'string')) {
    throw new Error(`expected a rejection but ${String(thrown)} was thrown`, { cause: thrown })
  }
  return thrown as Rejection
}

/** Path and query of `url`, split at its first question mark. */
export function splitUrl(url: string): [path: string, query: string] {
  const mark = url.indexOf('?')
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)]
}

/** `parameters` without those that are undefined, in an object that compares by its entries alone. */
export function definedOnly(parameters: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined))
}
