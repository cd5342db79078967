import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createLambdaModel } from '../../../bench/scale/lambda.ts'
import { formatScale, judgeScale, type ScaleFigures } from '../../../bench/scale/report.ts'
import { listShapes } from '../../../bench/scale/shapes.ts'
import { type SimulationOptions, scenarios, simulate } from '../../../bench/scale/simulate.ts'
import { createTiers } from '../../../bench/scale/tiers.ts'
import { defaultWorld } from '../../../bench/scale/world.ts'

const limits = { concurrency: 2, startsPerSecond: 1, startsAtOnce: 3, coldStartMs: 10 }

suite('createLambdaModel', () => {
  test('starts an environment for each run at a time, and throttles beyond the concurrency', () => {
    const lambda = createLambdaModel(limits)
    assert.equal(lambda.run(0, 100), 110)
    assert.equal(lambda.run(1, 100), 111)
    assert.equal(lambda.run(2, 100), undefined)
    assert.deepEqual([lambda.peak(), lambda.runs()], [2, 2])
  })

  test('takes an idle environment, which is warm', () => {
    const lambda = createLambdaModel(limits)
    lambda.run(0, 100)
    assert.equal(lambda.run(200, 100), 300)
  })

  test('starts no more environments than the rate of starts allows', () => {
    const lambda = createLambdaModel({ ...limits, concurrency: 100 })
    assert.deepEqual(
      [0, 0, 0, 0].map((at) => lambda.run(at, 5000)),
      [5010, 5010, 5010, undefined],
    )
    assert.equal(lambda.run(1000, 5000), 6010)
    assert.equal(lambda.run(1000, 5000), undefined)
  })
})

suite('createTiers', () => {
  const world = { ...defaultWorld, edges: 26, regions: 13, lambda: { ...limits, concurrency: 1 } }
  const arrival = { edge: 0, edgeShare: 0.1, variant: 7, perSecond: 0, runMs: 100 }

  test('has one run for all who ask before it ends, and hits after it', () => {
    const lambda = createLambdaModel(world.lambda)
    const { answer } = createTiers(world, lambda, () => 1)
    const sides = [0, 1, 13, 0].map((edge, number) => answer({ ...arrival, edge, atMs: number }).by)
    assert.deepEqual(sides, ['origin', 'waited', 'waited', 'waited'])
    assert.equal(lambda.runs(), 1)
    // There, S3 and the run, a cold start, back: and then the hit of the edge alone.
    assert.deepEqual(answer({ ...arrival, atMs: 5000 }), { by: 'edge', latencyMs: world.latencyMs.edge })
    assert.equal(answer({ ...arrival, edge: 26 - 13, atMs: 5001 }).by, 'edge')
    assert.equal(answer({ ...arrival, edge: 2, atMs: 5002 }).by, 'shield')
  })

  test('forgets a refusal at once', () => {
    const { answer } = createTiers(world, createLambdaModel(world.lambda), () => 1)
    answer({ ...arrival, atMs: 0 })
    assert.equal(answer({ ...arrival, variant: 8, atMs: 1 }).by, 'refused')
    assert.equal(answer({ ...arrival, variant: 8, atMs: 2000 }).by, 'origin')
  })

  test('holds from the start what was asked for often enough', () => {
    const { answer } = createTiers(world, createLambdaModel(world.lambda), () => 0.5)
    assert.equal(answer({ ...arrival, perSecond: 1, atMs: 0 }).by, 'edge')
    assert.equal(answer({ ...arrival, variant: 8, perSecond: 0, atMs: 1 }).by, 'origin')
  })
})

suite('simulate', () => {
  const options: SimulationOptions = {
    world: defaultWorld,
    shapes: listShapes(3000),
    scenario: 'cold start',
    requestsPerSecond: 2000,
    seconds: 5,
    originals: 1000,
    sample: 1,
  }
  const origin = (scenario: SimulationOptions['scenario']) =>
    simulate({ ...options, scenario }).answered.origin

  test('answers every request once', () => {
    for (const scenario of scenarios) {
      const { answered, requests } = simulate({ ...options, scenario })
      assert.equal(requests, 10_000)
      assert.equal(
        Object.values(answered).reduce((sum, count) => sum + count, 0),
        requests,
      )
    }
  })

  test('makes most from cold caches, less in a sale, least in a steady state', () => {
    assert.ok(origin('cold start') > 2 * origin('flash sale'))
    assert.ok(origin('flash sale') > 2 * origin('steady state'))
  })

  test('refuses where the Lambda may run too little', () => {
    const world = { ...defaultWorld, lambda: { ...defaultWorld.lambda, concurrency: 10 } }
    const { answered, concurrency } = simulate({ ...options, world })
    assert.ok(answered.refused > 1000)
    assert.equal(concurrency, 10)
  })

  test('has about as many requests as the sample has variants', () => {
    const { requests } = simulate({ ...options, sample: 0.25 })
    assert.ok(requests > 1500 && requests < 3500, `${requests}`)
  })
})

suite('judgeScale', () => {
  const figures: ScaleFigures = {
    world: defaultWorld,
    originals: 1,
    seconds: 1,
    rows: [],
    samplingErrorPoints: -1,
  }
  const validation = {
    requests: 100,
    measuredRuns: 9,
    modelledRuns: 10,
    measuredHits: 0.91,
    modelledHits: 0.9,
  }

  test('fails where model and edge, or sample and whole, are too far apart', () => {
    assert.equal(judgeScale({ ...figures, validation }, 2).length, 0)
    assert.equal(judgeScale({ ...figures, validation }, 0.5).length, 2)
    assert.equal(judgeScale({ ...figures, validation: { ...validation, measuredHits: 0.5 } }, 2).length, 1)
  })

  test('is told with the error, or that nothing was validated', () => {
    assert.match(formatScale({ ...figures, validation }), /error -1\.00 points/)
    assert.match(formatScale(figures), /not validated/)
  })
})
