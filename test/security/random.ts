/** Numbers that look random and are the same on every run. */
export interface Random {
  /** A whole number from 0 to below `count`. */
  below(count: number): number
  pick<T>(items: readonly T[]): T
  /** Whether one of so many turns has come. */
  oneIn(turns: number): boolean
}

/** Mulberry32, by Tommy Ettinger (public domain). */
export function createRandom(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    pick: <T>(items: readonly T[]) => items[below(items.length)] as T,
    oneIn: (turns) => below(turns) === 0,
  }
}
