import type { Sample } from './sample.ts'

/** Bits of each channel that make two colours one: 4,096 kinds, as sharp's statistics have. */
const bits = 4

interface Kind {
  count: number
  sum: [red: number, green: number, blue: number]
}

/**
 * `rrggbb` of the colour that most of a sample has: the mean of its largest kind. What is transparent does not count, as it
 * would in sharp's own statistics; undefined where all is.
 */
export function findDominantColour({ rgba }: Sample): string | undefined {
  const kinds = new Map<number, Kind>()
  for (let index = 0; index < rgba.length; index += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(index, index + 4)
    if (alpha < 128) continue
    const [high, middle, low] = [red, green, blue].map((channel) => channel >> (8 - bits)) as [
      number,
      number,
      number,
    ]
    const name = (((high << bits) | middle) << bits) | low
    const kind = kinds.get(name) ?? { count: 0, sum: [0, 0, 0] }
    const [reds, greens, blues] = kind.sum
    kinds.set(name, { count: kind.count + 1, sum: [reds + red, greens + green, blues + blue] })
  }
  const [largest] = [...kinds.values()].sort((a, b) => b.count - a.count)
  return largest?.sum.map((sum) => toHex(sum / largest.count)).join('')
}

function toHex(channel: number): string {
  return Math.round(channel).toString(16).padStart(2, '0')
}
