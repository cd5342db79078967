import type { Memory } from './leak-process.ts'

/** Memory of a window of requests: of each kind the least, since what is let go is let go late. */
export function findLeast(memories: readonly Memory[]): Memory {
  const least = (name: keyof Memory) => Math.min(...memories.map((memory) => memory[name]))
  return {
    resident: least('resident'),
    renderer: least('renderer'),
    heap: least('heap'),
    external: least('external'),
  }
}

/**
 * How much the least of the second half of `values` is above the least of the first, as a share of that. What leaks is in every
 * later value; what malloc keeps for a while, tens of megabytes between its gaps, comes and goes.
 */
export function measureGrowth(values: readonly number[]): number {
  const middle = Math.ceil(values.length / 2)
  return Math.min(...values.slice(middle)) / Math.min(...values.slice(0, middle)) - 1
}
