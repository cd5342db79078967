import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { createGenerations } from '../../../bench/faults/generations.ts'
import { createJudge } from '../../../bench/faults/judge.ts'
import type { Received } from '../../../bench/faults/send.ts'
import type { Fresh } from '../../../bench/faults/truth.ts'
import { receive } from './received.ts'

const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
  .png()
  .toBuffer()
const second = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'blue' } })
  .png()
  .toBuffer()

/** A truth of two contents of `a.jpg`. */
const truth = {
  answer: async (_target: unknown, generation?: string): Promise<Fresh> => ({
    status: 200,
    digest: receive(generation === 'second' ? second : picture).digest,
    type: 'image/png',
  }),
}

function judge(received: Received, body: Buffer = picture) {
  const judging = createJudge(truth, createGenerations())
  judging.see(received, body)
  return judging.judge(received)
}

suite('the judge of answers', () => {
  test('finds the right bytes right', async () => {
    assert.deepEqual(await judge(receive(picture)), { kind: 'right', stale: false })
  })

  test('catches one byte that is another', async () => {
    const changed = Buffer.from(picture)
    changed[changed.length - 20] = (changed[changed.length - 20] ?? 0) ^ 1
    const verdict = await judge(receive(changed))
    assert.deepEqual(verdict, { kind: 'wrong', flaw: 'other bytes' })
  })

  test('catches a picture that does not decode', async () => {
    const half = picture.subarray(0, picture.length / 2)
    assert.deepEqual(await judge(receive(half), half), { kind: 'wrong', flaw: 'not decodable' })
  })

  for (const broken of ['cut off', 'shorter than it said'] as const) {
    test(`catches one that is ${broken}`, async () => {
      assert.deepEqual(await judge(receive(picture, { broken })), { kind: 'wrong', flaw: broken })
    })
  }

  test('catches a second body of one ETag, right as either may be', async () => {
    const generations = createGenerations()
    generations.change('a.jpg', { generation: 'second' }, 500)
    const judging = createJudge(truth, generations)
    assert.equal((await judging.judge(receive(picture))).kind, 'right')
    assert.deepEqual(await judging.judge(receive(second)), { kind: 'wrong', flaw: 'two bodies of one ETag' })
  })

  test('takes an old content until it is settled, and not after', async () => {
    const generations = createGenerations()
    const judging = createJudge(truth, generations)
    const etag = (name: string) => ({ headers: { 'content-type': 'image/png', etag: name } })
    generations.change('a.jpg', { generation: 'second' }, 900)
    generations.settle('a.jpg', 1005)
    assert.equal((await judging.judge(receive(picture, etag('one')))).kind, 'right')
    assert.equal((await judging.judge(receive(second, etag('two')))).kind, 'right')
    const late = { sentAt: 1006, endedAt: 1010 }
    assert.equal((await judging.judge(receive(second, { ...etag('two'), ...late }))).kind, 'right')
    assert.deepEqual(await judging.judge(receive(picture, { ...etag('one'), ...late })), {
      kind: 'wrong',
      flaw: 'other bytes',
    })
  })

  test('does not take a new content for right before it was there', async () => {
    const generations = createGenerations()
    generations.change('a.jpg', { generation: 'second' }, 2000)
    const verdict = await createJudge(truth, generations).judge(receive(second))
    assert.deepEqual(verdict, { kind: 'wrong', flaw: 'other bytes' })
  })

  test('calls an honest error an error, and no answer at all too', async () => {
    const headers = { 'content-type': 'application/problem+json' }
    assert.deepEqual(await judge(receive('{}', { status: 503, headers })), { kind: 'error', status: 503 })
    assert.deepEqual(await judge(receive('', { status: 0, broken: 'no answer' })), {
      kind: 'error',
      status: 0,
    })
  })

  test('tells what is older than it may be fresh', async () => {
    const headers = { 'content-type': 'image/png', 'cache-control': 'public, s-maxage=100', age: '101' }
    assert.deepEqual(await judge(receive(picture, { headers })), { kind: 'right', stale: true })
  })

  test('takes a status that a target expects, and no other', async () => {
    const target = { url: '/a.jpg', headers: {}, key: 'a.jpg', expected: [403] }
    assert.equal((await judge(receive('', { target, status: 403 }))).kind, 'right')
    assert.deepEqual(await judge(receive('', { target, status: 502 })), { kind: 'error', status: 502 })
  })
})
