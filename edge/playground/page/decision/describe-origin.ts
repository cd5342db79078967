import type { Explanation } from '../../../../signer/cli/explain-url.ts'

type Origin = Explanation['parameters'][number]

/** How a part of a URL came about, of which there is a colour each. */
export type Fate = 'given' | 'changed' | 'added' | 'dropped'

/** What each fate means, in the order of a legend. */
export const fates: Readonly<Record<Fate, string>> = {
  given: 'as it was asked',
  changed: 'asked otherwise, or rounded',
  added: 'not asked: decided by the edge',
  dropped: 'not in the key',
}

/** How a parameter came to be in the canonical URL, or not. */
export function fateOf(origin: Origin): Fate {
  if (origin.value === undefined) return 'dropped'
  if (origin.sent === undefined) return 'added'
  return origin.source === 'alias' || origin.changes.length > 0 ? 'changed' : 'given'
}

const sources: Readonly<Record<Origin['source'], string>> = {
  given: 'given',
  alias: 'given under another name',
  preset: 'from the preset',
  hint: 'from what the viewer sent',
  derived: 'follows from others',
  default: 'the default',
}

/** As `signer/cli/parameter-origins.ts` says it; the compiler asks for each new one. */
const changeTexts: Readonly<Record<Origin['changes'][number], string>> = {
  respelt: 'in its one spelling',
  overrides: 'goes before that of the preset',
  multiplied: 'multiplied by dpr',
  ladder: 'rounded up to a step of the ladder',
  ratio: 'follows the width in a ratio of the settings',
  tier: 'rounded to the nearest tier',
  largest: 'no size was asked for: the largest step of the ladder',
  aspect: 'from the other side and the ratio',
  negotiated: 'negotiated: by what Accept lists',
  viewport: 'from hints about the page and the kind of device, up to a step of the ladder',
  saving: 'Save-Data, or a slow connection',
  unknown: 'dropped: no such parameter',
  'no-effect': 'dropped: without effect here',
  'is-default': 'dropped: holds anyway',
  'not-unsigned': 'dropped: counts only under a signature',
  still: 'worked into page',
  'first-page': 'what animated=0 says',
  expanded: 'stands for what the settings list',
  sides: 'worked into width and height',
  place: 'says which original',
  proof: 'belongs to the signature, and leaves the key',
  permission: 'lifts the hotlink rules, under a signature',
}

/** How a parameter came about and what became of it, in words. */
export function describeOrigin({ source, changes }: Origin): string {
  return [sources[source], ...changes.map((change) => changeTexts[change])].join('; ')
}
