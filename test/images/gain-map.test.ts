import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import sharp from 'sharp'
import { addGainMap } from './gain-map.ts'
import { makePhotograph } from './photograph.ts'

suite('addGainMap', () => {
  test('makes what a reader of gain maps takes for one', async () => {
    const [jpeg, map] = await Promise.all([
      makePhotograph(64, 48).jpeg().toBuffer(),
      makePhotograph(32, 24).greyscale().jpeg().toBuffer(),
    ])
    // sharp with all of its loaders, which the transformer does without.
    const { width, height, gainMap } = await sharp(addGainMap(jpeg, map)).metadata()
    assert.equal(`${width}×${height}`, '64×48')
    assert.ok(gainMap)
    const { width: across } = await sharp(gainMap.image).metadata()
    assert.equal(across, 32)
  })
})
