import { type ParameterName, type PresetParameters, parameters } from '../grammar/parameters.ts'
import type { Rejection } from '../grammar/rejection.ts'
import { checkUrl, type ResolveSettings, resolveVariant } from '../grammar/resolve.ts'
import { readValue } from '../grammar/value-kinds.ts'
import { formatVariant } from '../grammar/variant.ts'
import type { Viewer } from '../grammar/viewer.ts'
import { compileAspects } from './aspect-settings.ts'
import { expectKnownNames, expectNamed, invalidSetting } from './setting-rules.ts'

/** Presets by name. */
export type Presets = Readonly<Record<string, PresetParameters>>

const NAME = /^[a-z0-9-]{1,32}$/

/** What says which picture is meant and who asks, not how it looks. */
const notInPresets: Readonly<Record<Exclude<ParameterName, keyof PresetParameters>, true>> = {
  preset: true,
  version: true,
  embed: true,
  key: true,
  exp: true,
  kid: true,
  sig: true,
}

/** The kind of each parameter that a preset may have, by name. */
const kinds: Readonly<Record<string, string>> = Object.fromEntries(
  parameters.filter(({ name }) => !Object.hasOwn(notInPresets, name)).map(({ name, kind }) => [name, kind]),
)

/** A viewer that says nothing of itself, on a desktop. */
const anyViewer: Viewer = {
  class: 'none',
  saveData: false,
  dpr: 0,
  width: 0,
  viewportWidth: 0,
  deviceWidth: 1920,
}

/** Returns the presets, their values in the spelling that the URL language gives them. */
export function readPresets(
  given: Presets,
  { ladder, aspects }: Pick<ResolveSettings, 'ladder' | 'aspects'>,
): Presets {
  expectNamed('presets', given)
  const names = Object.keys(given)
  for (const name of names) {
    // The edge function reads a name as a value of the kind that lists all names, where `hex` would stand for colours.
    if (!NAME.test(name) || readValue(names.join(' '), name) !== name) {
      throw invalidSetting('presets', 'names of 1–32 of a-z0-9- that no kind of value has', name)
    }
  }
  const presets = Object.fromEntries(
    Object.entries(given).map(([name, preset]) => [name, readPreset(`presets.${name}`, preset)]),
  )
  const settings = { ladder, aspects: compileAspects(aspects, presets), presets }
  for (const name of names) expectUsable(name, settings)
  return presets
}

function readPreset(path: string, given: PresetParameters): PresetParameters {
  expectKnownNames(path, given, kinds)
  const values = Object.entries(given).map(([name, value]) => {
    const kind = kinds[name] ?? ''
    const read = readValue(kind, String(value))
    if (read === undefined) throw invalidSetting(`${path}.${name}`, kind, value)
    return [name, read]
  })
  return Object.fromEntries(values)
}

/** Throws where the preset alone, with a signature or without, is what the URL language refuses. */
function expectUsable(name: string, settings: ResolveSettings): void {
  const request = { key: 'x', parameters: { preset: name }, named: [] }
  for (const bounded of [false, true]) {
    try {
      checkUrl(request, formatVariant(resolveVariant(request, anyViewer, settings, bounded)))
    } catch (thrown) {
      const { parameter, expected, received } = thrown as Rejection
      throw invalidSetting(`presets.${name}.${parameter}`, expected, received)
    }
  }
}
