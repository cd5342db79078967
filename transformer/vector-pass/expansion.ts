import { Unclean } from './unclean.ts'

/** An element that has a name, or the root, with all in it that has none. */
export interface Part {
  /** Elements. */
  own: number
  /** Those within that have a name. */
  parts: Part[]
  /** Names of what is drawn here too. */
  references: string[]
}

/** How many parts may refer to each other in a row. */
const maxChain = 200

/**
 * How many elements `root` draws, each counted as often as something refers to it: ten levels of ten references each are
 * ten thousand million. What refers to itself is not drawn, and counts nothing.
 *
 * @throws Unclean for a row of references that is too long to follow.
 */
export function countDrawn(root: Part, named: ReadonlyMap<string, Part>): number {
  const counts = new Map<Part, number>()
  const count = (part: Part, chain: number): number => {
    const known = counts.get(part)
    if (known !== undefined) return known
    if (chain > maxChain) throw new Unclean('references in a row')
    // For who comes round to it again.
    counts.set(part, 0)
    let sum = part.own
    for (const each of part.parts) sum += count(each, chain + 1)
    for (const name of part.references) {
      const target = named.get(name)
      if (target) sum += count(target, chain + 1)
    }
    counts.set(part, sum)
    return sum
  }
  return count(root, 0)
}
