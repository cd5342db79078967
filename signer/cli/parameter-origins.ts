import type { AccessMode } from '../../grammar/access.ts'
import { decodeQueryText, decodeTilde, lowerCaseAscii } from '../../grammar/escaping.ts'
import type { ParameterRow } from '../../grammar/parameter-row.ts'
import { parameters } from '../../grammar/parameters.ts'
import type { ImageRequest } from '../../grammar/request.ts'
import { type ResolveSettings, resolveVariant } from '../../grammar/resolve.ts'
import { type CanonicalUrl, defaultPattern } from '../../grammar/variant.ts'
import type { Viewer } from '../../grammar/viewer.ts'
import type { ParameterChange, ParameterSource } from './parameter-changes.ts'

/** One parameter of a request, or of what it became. */
export interface ParameterOrigin {
  /** In full, or as sent where there is no such parameter. */
  name: string
  /** As sent: `w=800`. */
  sent?: string
  /** What the preset says. */
  preset?: string
  source: ParameterSource
  /** In the canonical URL; left out where it is not there. */
  value?: string
  changes: ParameterChange[]
}

interface Origins {
  query: string
  request: ImageRequest
  /** What the request became, where it was not refused. */
  url: CanonicalUrl | undefined
  viewer: Viewer
  settings: ResolveSettings
  signed: boolean
  rule: AccessMode | undefined
}

const rows: readonly ParameterRow[] = parameters

/** Where each parameter came from and what became of it, in the order of canonical URLs; then those that are unknown. */
export function listOrigins(origins: Origins): ParameterOrigin[] {
  const { query, request, url, settings } = origins
  const sent = readSent(query, request.canonical !== undefined)
  const final = new Map(readPairs(url?.query ?? ''))
  const preset: Readonly<Record<string, unknown>> = settings.presets[request.parameters.preset ?? ''] ?? {}
  const exact = resolveExactly(origins)
  const named: Readonly<Record<string, unknown>> = request.parameters
  const known = rows.flatMap(({ name, spellings }): ParameterOrigin[] => {
    const found = sent.find((each) => spellings.includes(each.name))
    const presetValue = preset[name] === undefined ? undefined : String(preset[name])
    const value = final.get(name)
    if (!found && presetValue === undefined && value === undefined) return []
    const wanted = found ? (named[name] === undefined ? found.text : String(named[name])) : presetValue
    const shared = { name, sent: found?.piece, preset: presetValue, value }
    const change = (source: ParameterSource, all: ParameterChange[]) => [{ ...shared, source, changes: all }]
    if (wanted === undefined) return change(...explainUnasked(name, origins))
    const source = !found ? 'preset' : found.name === name ? 'given' : 'alias'
    const use = uses[name]
    if (use) return change(source, [use])
    const before: ParameterChange[] = [
      ...(found && presetValue !== undefined ? (['overrides'] as const) : []),
      ...(found && found.text !== wanted && !request.canonical ? (['respelt'] as const) : []),
    ]
    if (url === undefined) return change(source, before)
    const after =
      value === undefined
        ? [explainDropped(name, wanted, origins)]
        : explainKept(name, wanted, value, exact, origins)
    return change(source, [...before, ...after])
  })
  const unknown = sent
    .filter(({ name }) => name !== 'rev' && !rows.some(({ spellings }) => spellings.includes(name)))
    .map(({ name, piece }): ParameterOrigin => ({ name, sent: piece, source: 'given', changes: ['unknown'] }))
  return [...known, ...unknown]
}

/** A value that neither request nor preset holds. */
function explainUnasked(name: string, { request, viewer }: Origins): [ParameterSource, ParameterChange[]] {
  if (name === 'format') return [request.canonical ? 'given' : 'hint', ['negotiated']]
  if (name === 'quality') return viewer.saveData ? ['hint', ['saving']] : ['default', []]
  if (name === 'page') return ['derived', ['first-page']]
  const { width, height, aspect, preset } = request.parameters
  return width || height || aspect || preset ? ['derived', ['aspect']] : ['default', ['largest']]
}

function explainKept(
  name: string,
  wanted: string,
  value: string,
  exact: Readonly<Record<string, unknown>>,
  { request, viewer }: Origins,
): ParameterChange[] {
  if (wanted === value) return []
  if (name === 'format') return request.canonical ? [] : ['negotiated']
  if (name === 'quality') return wanted === 'auto' && viewer.saveData ? ['saving'] : ['tier']
  if (name !== 'width' && name !== 'height') return []
  if (wanted === 'auto') return ['viewport']
  const multiplied = exact[name] === undefined ? wanted : String(exact[name])
  const rounded =
    multiplied === value ? [] : ([name === 'height' && exact.width ? 'ratio' : 'ladder'] as const)
  return [...(multiplied === wanted ? [] : (['multiplied'] as const)), ...rounded]
}

/** Parameters that never reach a canonical URL, and what they are for. */
const uses: Readonly<Record<string, ParameterChange>> = {
  key: 'place',
  exp: 'proof',
  kid: 'proof',
  sig: 'proof',
  embed: 'permission',
  preset: 'expanded',
  dpr: 'sides',
  animated: 'still',
}

/** Why a parameter that could be in the canonical URL is not. */
function explainDropped(name: string, wanted: string, { signed, rule }: Origins): ParameterChange {
  if (name === 'version' && rule === 'bounded' && !signed) return 'not-unsigned'
  // Alone it would have stayed: with a side it has become the other one.
  if (name === 'aspect') return 'sides'
  return defaultPattern.test(`${name}=${wanted}`) ? 'is-default' : 'no-effect'
}

/** The sides without steps and ratios, to tell what multiplied them from what rounded them. */
function resolveExactly({ request, viewer, settings }: Origins): Readonly<Record<string, unknown>> {
  try {
    return resolveVariant(request, viewer, settings, false).parameters
  } catch {
    return {}
  }
}

interface Sent {
  /** In lower case. */
  name: string
  text: string
  /** As sent. */
  piece: string
}

function readSent(query: string, canonical: boolean): Sent[] {
  const decode = canonical ? decodeTilde : decodeQueryText
  return query
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const [name = '', ...rest] = piece.split('=')
      return { name: lowerCaseAscii(decode(name)), text: decode(rest.join('=')), piece }
    })
}

function readPairs(query: string): [name: string, text: string][] {
  return readSent(query, true).map(({ name, text }) => [name, text])
}
