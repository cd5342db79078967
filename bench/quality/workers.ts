import { openScorer, type Scorer } from '../score.ts'

/**
 * What `work` makes of each of `items`, in their order: as many at once as there are cores to count on, each with a scorer of
 * its own, which does well to keep its reference.
 */
export async function workThrough<Item, Result>(
  items: readonly Item[],
  work: (item: Item, scorer: Scorer) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const rest = items.entries()
  const workOn = async () => {
    const scorer = await openScorer()
    try {
      for (const [index, item] of rest) results[index] = await work(item, scorer)
    } finally {
      scorer.close()
    }
  }
  await Promise.all(Array.from({ length: workers }, workOn))
  return results
}

/** Of the machine that the project is developed on: more scorers would only take memory. */
const workers = 2
