import {
  type ParameterName,
  type PresetParameters,
  parameters,
  type RequestParameters,
} from './parameters.ts'
import { type ResolveSettings, resolveVariant } from './resolve.ts'
import { unsignedPattern } from './unsigned.ts'
import { readValue } from './value-kinds.ts'
import { formatVariant } from './variant.ts'
import type { Viewer } from './viewer.ts'

// Not part of the edge function: what it lets pass, counted.

/** The words of a parameter that a request may say without a signature. */
function listWords<Name extends ParameterName>(name: Name): NonNullable<RequestParameters[Name]>[] {
  const kind: string = parameters.find((row) => row.name === name)?.kind ?? ''
  const words = kind.split(' ').map((group) => group.replace(/=.*/, ''))
  const allowed = words.filter(
    (word) => readValue(kind, word) === word && unsignedPattern.test(`${name}=${word}`),
  )
  return allowed as NonNullable<RequestParameters[Name]>[]
}

const fits = listWords('fit')
const gravities = listWords('gravity')
const formats = listWords('format')
// A number is one of these where access is bounded.
const qualities = listWords('quality')
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
  const shapes = new Set<string>()
  // What the request says of sizes stands in place of the preset's, or beside it in ways that come to the same steps.
  const unsized = {
    ...settings,
    presets: { ...settings.presets, [preset]: withoutSize(settings.presets[preset]) },
  }
  const sizes = [
    ...listSteps(settings).map((size) => [size, {}, unsized] as const),
    ...listOwnSizes(preset, settings),
  ]
  for (const [size, viewer, expanded] of sizes) {
    for (const fit of [undefined, ...fits]) {
      for (const gravity of [undefined, ...gravities]) {
        const parameters: RequestParameters = { ...size, fit, gravity, quality: 'auto', format: 'png' }
        add(shapes, formatBounded(preset, parameters, viewer, expanded))
      }
    }
  }
  const write = (parameters: RequestParameters, viewer: Partial<Viewer>) =>
    formatBounded(preset, parameters, viewer, settings)
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

/** Sizes of all steps and ratios. */
function listSteps({ ladder, aspects }: ResolveSettings): RequestParameters[] {
  return ladder.flatMap((width) => [
    { width },
    { height: width },
    ...aspects.map((aspect) => ({ width, aspect })),
  ])
}

/** What a preset says of sizes itself, or the lack of any, with the hints and the dpr that it may meet. */
function listOwnSizes(name: string, settings: ResolveSettings) {
  const preset = settings.presets[name]
  const own: [RequestParameters, Partial<Viewer>, ResolveSettings][] = [[{}, {}, settings]]
  if (preset?.width === 'auto') for (const width of settings.ladder) own.push([{}, { width }, settings])
  if (preset?.dpr === 'auto') for (const dpr of [1, 1.5, 2, 3]) own.push([{}, { dpr }, settings])
  if (preset?.width || preset?.height) {
    for (let hundredths = 100; hundredths <= 400; hundredths++) {
      own.push([{ dpr: hundredths / 100 }, {}, settings])
    }
  }
  return own
}

function withoutSize(preset: PresetParameters = {}): PresetParameters {
  return { ...preset, width: undefined, height: undefined, aspect: undefined, dpr: undefined }
}

/**
 * How many variants of one original requests without a signature can reach at most where access is bounded: over no preset
 * and each of the settings', where two may come to the same.
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
  const request = { key: 'x', parameters: preset === '' ? given : { ...given, preset }, named: [] }
  const viewer: Viewer = { ...unseen, ...seen }
  try {
    return formatVariant(resolveVariant(request, viewer, settings, true)).query
  } catch {
    return undefined
  }
}
