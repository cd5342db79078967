import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatOriginalEvent } from '../../../../edge/events/original-events.ts'
import { formatCacheTag } from '../../../../grammar/cache-tag.ts'
import {
  createFreshnessHandler,
  type FreshnessDependencies,
  maxTags,
  type Postponed,
} from '../../../../infra/functions/freshness/handler.ts'
import { formatRepeat } from '../../../../infra/functions/freshness/read-message.ts'

/** The handler with dependencies that only take note. */
function createNoting(given: Partial<FreshnessDependencies> = {}) {
  const noted = {
    invalidated: [] as (readonly string[])[],
    repeated: [] as (readonly string[])[],
    postponed: [] as Postponed[],
  }
  const handle = createFreshnessHandler({
    invalidate: async (tags) => void noted.invalidated.push(tags),
    repeatLater: async (tags) => void noted.repeated.push(tags),
    postpone: async (messages) => void noted.postponed.push(...messages),
    report: () => {},
    ...given,
  })
  const send = (bodies: readonly string[], receiveCount = 1) =>
    handle({
      Records: bodies.map((body, index) => ({
        messageId: String(index),
        receiptHandle: `r${index}`,
        body,
        attributes: { ApproximateReceiveCount: String(receiveCount) },
      })),
    })
  return { noted, send }
}

const change = (key: string) => JSON.stringify(formatOriginalEvent('Object Created', key, 'bucket', 0))
const fail = () => Promise.reject(new Error('refused'))

suite('the freshness handler', () => {
  test('invalidates so many tags at a time, and has all repeated', async () => {
    const { noted, send } = createNoting()
    const keys = Array.from({ length: maxTags * 2 + 1 }, (_, index) => `${index}`)
    assert.deepEqual(await send(keys.map(change)), { batchItemFailures: [] })
    assert.deepEqual(
      noted.invalidated.map(({ length }) => length),
      [maxTags, maxTags, 1],
    )
    assert.deepEqual(noted.repeated, noted.invalidated)
  })

  test('repeats a repetition only of what changed again meanwhile', async () => {
    const { noted, send } = createNoting()
    const [a, b] = [formatCacheTag('a'), formatCacheTag('b')]
    await send([formatRepeat([a, b]), change('b')])
    assert.deepEqual([noted.invalidated, noted.repeated], [[[a, b]], [[b]]])
  })

  test('stops at the first refusal and says what is left', async () => {
    let calls = 0
    const { send } = createNoting({
      invalidate: async () => {
        if (++calls === 2) throw new Error('TooManyInvalidationsInProgress')
      },
    })
    const keys = Array.from({ length: maxTags * 3 }, (_, index) => `${index}`)
    const { batchItemFailures } = await send(keys.map(change))
    assert.equal(calls, 2)
    assert.deepEqual(
      batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier)),
      keys.slice(maxTags).map(Number),
    )
  })

  test('keeps what could not be repeated: it is invalidated again, rather than never twice', async () => {
    const { noted, send } = createNoting({ repeatLater: fail })
    const { batchItemFailures } = await send([change('a')])
    assert.deepEqual([noted.invalidated.length, batchItemFailures.length], [1, 1])
  })

  test('keeps what failed also where it could not be postponed', async () => {
    const { send } = createNoting({ invalidate: fail, postpone: fail })
    assert.equal((await send([change('a')])).batchItemFailures.length, 1)
  })

  test('waits longer each time, at random, and 15 minutes at most', async () => {
    for (const [receiveCount, longest] of [
      [1, 10],
      [2, 20],
      [4, 80],
      [7, 640],
      [8, 900],
      [20, 900],
    ] as const) {
      const { noted, send } = createNoting({ invalidate: fail })
      await send(
        Array.from({ length: 200 }, (_, index) => change(`${index}`)),
        receiveCount,
      )
      const waits = noted.postponed.map(({ seconds }) => seconds)
      assert.equal(waits.length, 200)
      assert.ok(waits.every((wait) => Number.isInteger(wait) && wait >= longest / 2 && wait <= longest))
      assert.ok(new Set(waits).size > 1)
    }
  })

  test('does not let what it cannot read wait', async () => {
    const { noted, send } = createNoting()
    assert.equal((await send(['?', change('a')])).batchItemFailures.length, 1)
    assert.deepEqual(noted.postponed, [{ receiptHandle: 'r0', seconds: 0 }])
  })

  test('asks for nothing where there is nothing to do', async () => {
    const { noted, send } = createNoting()
    assert.deepEqual(await send([]), { batchItemFailures: [] })
    assert.deepEqual(noted.invalidated, [])
  })
})
