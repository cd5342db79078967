import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import sharp from 'sharp'
import { buildScorer } from '../../bench/score/build-scorer.ts'
import { openScorer, type Pixels, readPixels, type Scorer } from '../../bench/score.ts'
import { makePhotograph } from '../images/photograph.ts'
import { requirement } from '../requirements.ts'

const built = await buildScorer().then(
  () => true,
  () => false,
)

suite('the scorer', requirement('cargo', built), () => {
  let scorer: Scorer
  let reference: Pixels
  let encoded: Buffer

  before(async () => {
    scorer = await openScorer()
    encoded = await makePhotograph(320, 240).png().toBuffer()
    reference = await readPixels(encoded)
  })
  after(() => scorer.close())

  test('gives what is the same 100', async () => {
    assert.equal(await scorer.score(reference, reference), 100)
  })

  test('gives the better of two JPEGs more, in the order in which it was asked', async () => {
    const qualities = [30, 60, 90]
    const scores = await Promise.all(
      qualities.map(async (quality) =>
        scorer.score(reference, await readPixels(await sharp(encoded).jpeg({ quality }).toBuffer())),
      ),
    )
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => a - b),
    )
    assert.ok(new Set(scores).size === 3 && scores.every((score) => score > 0 && score < 100))
  })

  test('sees what is hidden by transparency on neither ground', async () => {
    const paint = (colour: string, alpha: number) =>
      readPixels(
        Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">
        <rect width="64" height="64" fill="${colour}" fill-opacity="${alpha}"/></svg>`),
      )
    assert.equal(await scorer.score(await paint('red', 0), await paint('blue', 0)), 100)
    assert.ok((await scorer.score(await paint('red', 0.5), await paint('blue', 0.5))) < 50)
    // White on white is seen on the dark ground.
    assert.ok((await scorer.score(await paint('white', 1), await paint('white', 0))) < 50)
  })

  test('refuses pictures of two sizes, and goes on', async () => {
    const smaller = await readPixels(await sharp(encoded).resize(319).png().toBuffer())
    await assert.rejects(scorer.score(reference, smaller), /must be equal/)
    assert.equal(await scorer.score(reference, reference), 100)
  })
})
