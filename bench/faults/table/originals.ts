import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Fault, World } from '../fault.ts'
import { changedKeys, drawOriginal, writeOriginal } from '../targets.ts'

/** Seconds of the edge's clock that the event flow may take: gathering, the invalidation and its repetition take about 31. */
const patienceSeconds = 240

/** An upload to S3 is there whole or not at all. */
async function upload(folder: string, key: string, bytes: Buffer): Promise<void> {
  const hidden = join(dirname(key), `.${basename(key)}.part`)
  await writeOriginal(folder, hidden, bytes)
  await rename(join(folder, hidden), join(folder, key))
}

/**
 * Waits until the change was invalidated, and invalidated again when every run that may have read the old original had ended. The
 * edge's clock runs ten times as fast meanwhile.
 *
 * @returns seconds of the edge's clock.
 */
async function awaitInvalidations({ edge }: World, invalidatedBefore: number): Promise<number> {
  for (let seconds = 0; seconds < patienceSeconds; seconds++) {
    if ((await edge.count()).invalidated >= invalidatedBefore + 2) return seconds
    await edge.advance(0.9)
    await setTimeout(100)
  }
  throw new Error(`expected the change to be invalidated twice within ${patienceSeconds} s`)
}

/** Has an original changed under load; what there was before may be seen until the second invalidation, and never after. */
async function changeOriginal(
  world: World,
  key: string,
  next: { generation?: string; gone?: boolean },
  change: () => Promise<void>,
): Promise<void> {
  const { edge, generations, note } = world
  const { invalidated } = await edge.count()
  // Before the change: an answer of the new content may come before this process goes on.
  generations.change(key, next, Date.now())
  await change()
  const seconds = await awaitInvalidations(world, invalidated)
  generations.settle(key, Date.now())
  note(`${key}: nothing old any more after ${seconds} s of the edge's clock, the repetition included`)
}

const edge = { watchesOriginals: true } as const

export const originalFaults: readonly Fault[] = [
  {
    name: 'original-overwritten',
    done: 'a popular original is overwritten under load',
    design: 'the old picture until it is invalidated for the second time, the new one after, never a mixture',
    edge,
    allowed: {},
    alarms: [],
    async inject(world) {
      const { truth, edge } = world
      const [key, generation] = [changedKeys.overwritten, 'second']
      const bytes = await drawOriginal(50)
      await truth.put(key, bytes, generation)
      const changed = changeOriginal(world, key, { generation }, () => upload(edge.folder, key, bytes))
      return () => changed
    },
  },
  {
    name: 'original-deleted',
    done: 'a popular original is deleted under load, and put back',
    design: 'the picture until it is invalidated for the second time, 404 after, the picture again',
    edge,
    allowed: {},
    alarms: [],
    async inject(world) {
      const { edge } = world
      const key = changedKeys.deleted
      await changeOriginal(world, key, { gone: true }, () => rm(join(edge.folder, key)))
      return async () =>
        changeOriginal(world, key, {}, async () => upload(edge.folder, key, await drawOriginal(1)))
    },
  },
]
