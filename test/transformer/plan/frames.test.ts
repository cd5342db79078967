import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Source } from '../../../transformer/original/inspect.ts'
import { planFrames } from '../../../transformer/plan/frames.ts'
import { TransformError } from '../../../transformer/transform-error.ts'

const still: Source = {
  format: 'jpeg',
  width: 9,
  height: 9,
  hasAlpha: false,
  deep: false,
  pages: 1,
  animated: false,
}
const animation: Source = { ...still, format: 'gif', pages: 3, animated: true }
const document: Source = { ...still, format: 'tiff', pages: 3 }

suite('planFrames', () => {
  const planned = [
    { name: 'a still', source: still, given: {}, frames: 0 },
    { name: 'a still', source: still, given: { page: 0 }, frames: 0 },
    { name: 'an animation', source: animation, given: {}, frames: 'all' },
    { name: 'an animation', source: animation, given: { page: 0 }, frames: 0 },
    { name: 'an animation', source: animation, given: { page: 2 }, frames: 2 },
    { name: 'a document', source: document, given: {}, frames: 0 },
    { name: 'a document', source: document, given: { page: 1 }, frames: 1 },
  ] as const
  for (const { name, source, given, frames } of planned) {
    test(`reads ${frames} of ${name} with ${JSON.stringify(given)}`, () => {
      assert.equal(planFrames(given, source), frames)
    })
  }

  for (const [name, source, page] of [
    ['a still', still, 1],
    ['an animation of three frames', animation, 3],
    ['a document of three pages', document, 9999],
  ] as const) {
    test(`finds page ${page} outside ${name}`, () => {
      assert.throws(
        () => planFrames({ page }, source),
        (error: unknown) => error instanceof TransformError && error.problem.code === 'outside',
      )
    })
  }
})
