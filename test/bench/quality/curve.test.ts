import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Curve, startCurve } from '../../../bench/quality/curve.ts'
import { plainAt } from '../../../bench/quality/measure.ts'
import { buildScorer } from '../../../bench/score/build-scorer.ts'
import { openScorer, readPixels, type Scorer } from '../../../bench/score.ts'
import { makePhotograph } from '../../images/photograph.ts'
import { requirement } from '../../requirements.ts'

const built = await buildScorer().then(
  () => true,
  () => false,
)

suite('startCurve', requirement('cargo', built), () => {
  let scorer: Scorer
  let curve: Curve

  before(async () => {
    scorer = await openScorer()
    const picture = await readPixels(await makePhotograph(160, 120).png().toBuffer())
    curve = startCurve(picture, (quality) => plainAt('jpeg', quality), scorer)
  })
  after(() => scorer.close())

  for (const guess of [5, 60, 95]) {
    test(`finds, from ${guess}, bytes and quality of a score`, async () => {
      const exact = await curve.at(60)
      const found = await curve.find(exact.score, guess)
      assert.ok(Math.abs(found.quality - 60) <= 2, `${found.quality}`)
      assert.ok(Math.abs(found.bytes / exact.bytes - 1) < 0.05, `${found.bytes} of ${exact.bytes}`)
    })
  }

  test('stays at the ends where no quality has the score', async () => {
    assert.equal((await curve.find(-1000, 50)).quality, 1)
    assert.equal((await curve.find(100, 50)).quality, 100)
  })
})
