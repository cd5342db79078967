/** An item of a closed set and how often it comes up: a share of any sum. */
export interface Weighted {
  share: number
}

/** The item of `items` that `at`, 0–1, falls on, each as wide as its share. */
export function choose<Item extends Weighted>(items: readonly Item[], at: number): Item {
  const total = items.reduce((sum, { share }) => sum + share, 0)
  let left = at * total
  for (const item of items) {
    left -= item.share
    if (left < 0) return item
  }
  return items[items.length - 1] as Item
}

/**
 * A sampler of ranks 0 to `count` − 1 whose rank r comes up in proportion to 1 / (r + 1) ^ `exponent`: Zipf's law as web caches
 * see it. It takes a number of 0–1.
 */
export function createZipf(count: number, exponent: number): (at: number) => number {
  const sums = new Float64Array(count)
  let sum = 0
  for (let rank = 0; rank < count; rank++) {
    sum += (rank + 1) ** -exponent
    sums[rank] = sum
  }
  return (at) => {
    const wanted = at * sum
    let [low, high] = [0, count - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] as number) > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}
