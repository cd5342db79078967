import { decideTraced } from '../trace/site.ts'
import { playTrace } from '../trace/trace.ts'
import { estimateVariant } from '../trace/transform-times.ts'

/** All ways in which the trace asks for an original: what is left of a variant without its key. */
export interface Shapes {
  /** By shape: its share of the pictures, 0–1. */
  shares: Float64Array
  /** By shape: milliseconds of its transform. */
  milliseconds: Float64Array
  /** By shape: bytes of its variant. */
  bytes: Float64Array
  /** Shares of the shapes whose formats are not told apart. */
  unformatted: readonly number[]
  /** A shape as often as its share: takes 0–1. */
  draw(at: number): number
}

/**
 * The shapes of `requests` requests of the trace, as our edge function writes them. Who asks, and with what, does not depend on
 * which original is asked, so originals and shapes can be drawn apart: a million a second instead of thirty thousand.
 */
export function listShapes(requests: number): Shapes {
  const numbers = new Map<string, number>()
  const drawn: number[] = []
  const counts: number[] = []
  for (const request of playTrace({ requests, originals: 1000 })) {
    const { url, refusal } = decideTraced(request)
    if (request.intent !== 'picture' || refusal || !url) continue
    const number = numbers.get(url.query) ?? numbers.size
    numbers.set(url.query, number)
    counts[number] = (counts[number] ?? 0) + 1
    drawn.push(number)
  }
  const costs = [...numbers.keys()].map(estimateVariant)
  return {
    shares: Float64Array.from(counts, (count) => count / drawn.length),
    milliseconds: Float64Array.from(costs, ({ milliseconds }) => milliseconds),
    bytes: Float64Array.from(costs, ({ bytes }) => bytes),
    unformatted: mergeFormats(numbers, counts).map((count) => count / drawn.length),
    draw: (at) => drawn[Math.min(drawn.length - 1, Math.floor(at * drawn.length))] as number,
  }
}

function mergeFormats(numbers: ReadonlyMap<string, number>, counts: readonly number[]): number[] {
  const merged = new Map<string, number>()
  for (const [query, number] of numbers) {
    const name = query.replace(/&format=[^&]*/, '')
    merged.set(name, (merged.get(name) ?? 0) + (counts[number] ?? 0))
  }
  return [...merged.values()]
}
