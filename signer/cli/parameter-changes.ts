// Words alone: the playground's page has them too, and must not load what decides.

/** Where a value of a canonical URL comes from. */
export type ParameterSource = 'given' | 'alias' | 'preset' | 'hint' | 'derived' | 'default'

/** What happened to a parameter on the way, in words. */
export const changes = {
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
  proof: 'belongs to the signature',
  permission: 'lifts the hotlink rules, under a signature',
} as const

export type ParameterChange = keyof typeof changes
