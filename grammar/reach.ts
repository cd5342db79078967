import type { RequestParameters } from './parameters.ts'
import { type ResolveSettings, resolveVariant } from './resolve.ts'
import { formatVariant } from './variant.ts'
import type { Viewer } from './viewer.ts'

// Not part of the edge function: what it lets pass, counted.

/** All fits, and the gravities that a request may name without a signature. */
const fits = ['inside', 'cover', 'contain', 'outside', 'fill'] as const
const gravities = [
  'northwest',
  'north',
  'northeast',
  'west',
  'centre',
  'east',
  'southwest',
  'south',
  'southeast',
] as const
const formats = ['auto', 'avif', 'webp', 'jpeg', 'png'] as const
const qualities = ['auto', 'low', 'medium', 'high'] as const
const classes = ['avif', 'webp', 'none'] as const

/** The distinct ways to ask for one original without a signature, as the queries of their canonical URLs. */
export interface Reach {
  /** By shape and size: queries without quality, in one format. */
  shapes: ReadonlySet<string>
  /** By format and quality: queries of one shape. */
  encodings: ReadonlySet<string>
}

/**
 * What requests without a signature can reach with a preset, or '' for none, where access is bounded: each of the
 * encodings of each of the shapes.
 */
export const listReach = (preset: string, settings: ResolveSettings): Reach => {
  const write = (parameters: RequestParameters, viewerClass: Viewer['class']) =>
    formatBounded(preset, parameters, viewerClass, settings)
  const shapes = new Set<string>()
  const sizes: RequestParameters[] = [{}]
  for (const step of settings.ladder) {
    sizes.push({ width: step }, { height: step })
    for (const aspect of settings.aspects) sizes.push({ width: step, aspect })
  }
  for (const size of sizes) {
    for (const fit of fits) {
      for (const gravity of gravities)
        add(shapes, write({ ...size, fit, gravity, quality: 'auto', format: 'png' }, 'none'))
    }
    // A preset may say itself what the request does not.
    add(shapes, write({ ...size, quality: 'auto', format: 'png' }, 'none'))
  }
  const encodings = new Set<string>()
  for (const viewerClass of classes) {
    for (const format of [undefined, ...formats]) {
      for (const quality of [undefined, ...qualities]) add(encodings, write({ format, quality }, viewerClass))
    }
  }
  return { shapes, encodings }
}

/**
 * How many variants of one original requests without a signature can reach where access is bounded: over no preset and
 * each of the settings'.
 */
export const countReach = (settings: ResolveSettings): number => {
  return ['', ...Object.keys(settings.presets)].reduce((sum, preset) => {
    const { shapes, encodings } = listReach(preset, settings)
    return sum + shapes.size * encodings.size
  }, 0)
}

function add(set: Set<string>, query: string | undefined): void {
  if (query !== undefined) set.add(query)
}

/** The canonical query of a bounded request; undefined where it is refused. */
function formatBounded(
  preset: string,
  parameters: RequestParameters,
  viewerClass: Viewer['class'],
  settings: ResolveSettings,
): string | undefined {
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined))
  const request = { key: 'x', parameters: preset === '' ? given : { ...given, preset } }
  const viewer = { class: viewerClass, saveData: false, dpr: 0, width: 0, viewportWidth: 0, deviceWidth: 0 }
  try {
    return formatVariant(resolveVariant(request, viewer, settings, true)).query
  } catch {
    return undefined
  }
}
