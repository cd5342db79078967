import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { planTurn, turnSize } from '../../../transformer/plan/turn.ts'

const angles = [undefined, '90', '180', '270'] as const
const mirrors = [undefined, 'h', 'v', 'hv'] as const

/** A place as shares of width and height. */
type Place = readonly [across: number, down: number]

/** Where a point of the picture comes to lie: the definition, step by step. */
const quarter = ([across, down]: Place): Place => [1 - down, across]
const leftToRight = ([across, down]: Place): Place => [1 - across, down]
const upsideDown = ([across, down]: Place): Place => [across, 1 - down]

suite('planTurn', () => {
  test('asks for nothing where nothing is asked', () => assert.equal(planTurn({}), undefined))

  for (const rotate of angles) {
    for (const flip of mirrors) {
      if (rotate === undefined && flip === undefined) continue
      test(`mirrors and rotates as rotate=${rotate} and then flip=${flip} would`, () => {
        const turn = planTurn({ rotate, flip })
        assert.ok(turn)
        const start: Place = [0.125, 0.25]
        const asked = [
          ...Array<typeof quarter>(Number(rotate ?? 0) / 90).fill(quarter),
          ...(flip?.includes('h') ? [leftToRight] : []),
          ...(flip?.includes('v') ? [upsideDown] : []),
        ]
        const planned = [
          ...(turn.flip ? [upsideDown] : []),
          ...(turn.flop ? [leftToRight] : []),
          ...Array<typeof quarter>(turn.angle / 90).fill(quarter),
        ]
        const follow = (steps: readonly (typeof quarter)[]) =>
          steps.reduce((place, step) => step(place), start)
        assert.deepEqual(follow(planned), follow(asked))
      })
    }
  }
})

suite('turnSize', () => {
  for (const [rotate, size] of [
    ['90', '40×60'],
    ['180', '60×40'],
    ['270', '40×60'],
  ] as const) {
    test(`of 60×40 is ${size} after ${rotate}°, and 60×40 of that`, () => {
      const turn = planTurn({ rotate })
      const { width, height } = turnSize({ width: 60, height: 40 }, turn)
      assert.equal(`${width}×${height}`, size)
      assert.deepEqual(turnSize({ width, height }, turn), { width: 60, height: 40 })
    })
  }

  test('stays where nothing turns', () => {
    assert.deepEqual(turnSize({ width: 6, height: 4 }, undefined), { width: 6, height: 4 })
    assert.deepEqual(turnSize({ width: 6, height: 4 }, planTurn({ flip: 'hv' })), { width: 6, height: 4 })
  })
})
