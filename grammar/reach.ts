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
  const write = (parameters: RequestParameters, viewer: Partial<Viewer>) =>
    formatBounded(preset, parameters, viewer, settings)
  const shapes = new Set<string>()
  for (const [size, viewer] of listSizes(preset, settings)) {
    for (const fit of [undefined, ...fits]) {
      for (const gravity of [undefined, ...gravities]) {
        add(shapes, write({ ...size, fit, gravity, quality: 'auto', format: 'png' }, viewer))
      }
    }
  }
  const encodings = new Set<string>()
  for (const viewerClass of classes) {
    for (const format of [undefined, ...formats]) {
      for (const quality of [undefined, ...qualities]) {
        add(encodings, write({ format, quality }, { class: viewerClass }))
        // What saves data is `low` for whoever does not say.
        add(encodings, write({ format, quality }, { class: viewerClass, saveData: true }))
      }
    }
  }
  return { shapes, encodings }
}

/** Sizes by which every other one can be told, each with the hints that a size of the preset's own may take. */
function listSizes(name: string, { ladder, aspects, presets }: ResolveSettings) {
  const sizes: [RequestParameters, Partial<Viewer>][] = [[{}, {}]]
  for (const step of ladder) {
    sizes.push([{ width: step }, {}], [{ height: step }, {}])
    for (const aspect of aspects) sizes.push([{ width: step, aspect }, {}])
  }
  const preset = presets[name]
  if (preset?.width === 'auto') for (const width of ladder) sizes.push([{}, { width }])
  if (preset?.dpr === 'auto') for (const dpr of [1, 1.5, 2, 3]) sizes.push([{}, { dpr }])
  if (preset?.width || preset?.height) {
    for (let hundredths = 100; hundredths <= 400; hundredths++) sizes.push([{ dpr: hundredths / 100 }, {}])
  }
  return sizes
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

const unseen: Viewer = { class: 'none', saveData: false, dpr: 0, width: 0, viewportWidth: 0, deviceWidth: 0 }

/** The canonical query of a bounded request; undefined where it is refused. */
function formatBounded(
  preset: string,
  parameters: RequestParameters,
  seen: Partial<Viewer>,
  settings: ResolveSettings,
): string | undefined {
  const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined))
  const request = { key: 'x', parameters: preset === '' ? given : { ...given, preset } }
  const viewer: Viewer = { ...unseen, ...seen }
  try {
    return formatVariant(resolveVariant(request, viewer, settings, true)).query
  } catch {
    return undefined
  }
}
