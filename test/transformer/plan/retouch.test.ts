import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { planRetouch, type Retouch, type RetouchParameters } from '../../../transformer/plan/retouch.ts'

const size = { width: 60, height: 40 }

const planned: readonly (readonly [RetouchParameters, Retouch | undefined])[] = [
  [{}, undefined],
  [{ brightness: 1, contrast: 1, saturation: 1, hue: 0 }, undefined],
  [{ blur: 2.5 }, { blur: 2.5 }],
  [{ sharpen: 0.5 }, { sharpen: 0.5 }],
  [{ brightness: 0 }, { modulate: { brightness: 0, saturation: 1, hue: 0 } }],
  [{ saturation: 2, hue: 90 }, { modulate: { brightness: 1, saturation: 2, hue: 90 } }],
  [{ contrast: 2 }, { contrast: { factor: 2, offset: -128 } }],
  [{ contrast: 0 }, { contrast: { factor: 0, offset: 128 } }],
  [{ greyscale: '1' }, { tint: '808080' }],
  [{ tint: 'ff8000' }, { tint: 'ff8000' }],
  [{ tint: 'ff800080' }, { tint: 'ff8000' }],
  // A tint takes all other colour away by itself.
  [{ greyscale: '1', tint: 'ff8000' }, { tint: 'ff8000' }],
  [{ radius: 8 }, { radius: 8 }],
  [{ radius: 20 }, { radius: 20 }],
  [{ radius: 21 }, { radius: 20 }],
  [{ radius: 'max' }, { radius: 20 }],
]

suite('planRetouch', () => {
  for (const [given, retouch] of planned) {
    test(`of 60×40 with ${JSON.stringify(given)} is ${JSON.stringify(retouch) ?? 'nothing'}`, () => {
      assert.deepEqual(planRetouch(given, size), retouch)
    })
  }
})
