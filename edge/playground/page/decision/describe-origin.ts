import type { Explanation } from '../../../../signer/cli/explain-url.ts'
import { changes as words } from '../../../../signer/cli/parameter-changes.ts'

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

/** How a parameter came about and what became of it, in words. */
export function describeOrigin({ source, changes }: Origin): string {
  return [sources[source], ...changes.map((change) => words[change])].join('; ')
}
