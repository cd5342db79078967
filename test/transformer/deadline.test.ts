import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { startDeadline } from '../../transformer/deadline.ts'
import type { Originals } from '../../transformer/original/originals.ts'
import { TransformError } from '../../transformer/transform-error.ts'
import { makePhotograph } from '../images/photograph.ts'
import { createTransformer, problemOf, type Received } from './run.ts'

/** What is kept back from Lambda's timeout. */
const reserveMs = 700

/** Milliseconds beyond its time that an answer may take on a slow machine. */
const slackMs = 1500

let large: Buffer

before(async () => {
  const small = await makePhotograph(300, 200).png().toBuffer()
  const { default: sharp } = await import('sharp')
  large = await sharp(small).resize(3000, 2000).jpeg().toBuffer()
})

suite('at its deadline the handler', () => {
  for (const budgetMs of [5, 0, -reserveMs]) {
    test(`refuses with ${budgetMs} ms for pixels: 415 too-costly, for an hour`, async () => {
      const transformer = createTransformer({ x: large }, { remainingMs: reserveMs + budgetMs })
      const received = await inTime(transformer.get('x', { format: 'webp' }), 0)
      assert.equal(`${received.status} ${problemOf(received).code}`, '415 too-costly')
      assert.equal(received.headers['cache-control'], 'public, max-age=3600')
      assert.deepEqual(transformer.logged, [])
    })
  }

  test('blames S3 where that left too little time for pixels: 503, not to be stored', async () => {
    const read = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1200))
      return { bytes: large, etag: '"late"' }
    }
    const originals: Originals = { read, describe: read }
    const { get } = createTransformer({}, { originals, remainingMs: reserveMs + 1250 })
    const received = await inTime(get('x', { format: 'avif' }), 1250)
    assert.equal(`${received.status} ${problemOf(received).code}`, '503 unavailable')
    assert.equal(received.headers['cache-control'], 'no-store')
  })

  test('serves the next request', async () => {
    const small = await makePhotograph(60, 40).jpeg().toBuffer()
    const transformer = createTransformer({ x: large }, { remainingMs: reserveMs + 5 })
    assert.equal((await transformer.get('x', { format: 'webp' })).status, 415)
    assert.equal((await createTransformer({ small }).get('small', { format: 'webp' })).status, 200)
  })

  for (const asked of ['read', 'describe']) {
    test(`does not wait for a ${asked} that ends only when it is aborted: 503, not to be stored`, async () => {
      const hang = (_key: string, signal: AbortSignal) =>
        new Promise<never>((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason)),
        )
      const originals: Originals = { read: hang, describe: hang }
      const headers: Record<string, string> = asked === 'read' ? {} : { 'if-none-match': '"x"' }
      const { get, logged } = createTransformer({}, { originals, remainingMs: reserveMs + 200 })
      const received = await inTime(get('x', { format: 'webp' }, headers), 200)
      assert.equal(received.status, 503)
      assert.equal(received.headers['cache-control'], 'no-store')
      assert.equal(logged.length, 1)
    })
  }
})

suite('startDeadline', () => {
  test('keeps a reserve back from what Lambda has left', async () => {
    const [spent, left] = [startDeadline(reserveMs), startDeadline(reserveMs + 60_000)]
    await assert.rejects(spent.enforce(new Promise((resolve) => setTimeout(resolve, 1000))), TransformError)
    assert.equal(left.signal.aborted, false)
  })

  test('passes on what work gives and what it throws', async () => {
    assert.equal(await startDeadline(10_000).enforce(Promise.resolve(7)), 7)
    await assert.rejects(startDeadline(10_000).enforce(Promise.reject(new Error('no'))), { message: 'no' })
  })

  test('aborts its signal and refuses work that goes on', async () => {
    const deadline = startDeadline(reserveMs + 20)
    const work = new Promise((resolve) => setTimeout(resolve, 300))
    await assert.rejects(
      deadline.enforce(work),
      (error: unknown) => error instanceof TransformError && error.problem.code === 'too-costly',
    )
    assert.equal(deadline.signal.aborted, true)
    await work
  })

  test('survives work that fails after its refusal', async () => {
    const deadline = startDeadline(reserveMs + 5)
    const work = new Promise((_resolve, reject) => setTimeout(() => reject(new Error('late')), 50))
    await assert.rejects(deadline.enforce(work), TransformError)
    await assert.rejects(work, { message: 'late' })
  })
})

/** `work`, which must not take longer than `expectedMs` and some slack. */
async function inTime(work: Promise<Received>, expectedMs: number): Promise<Received> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${expectedMs + slackMs} ms`)),
      expectedMs + slackMs,
    )
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
