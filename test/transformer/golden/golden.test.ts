import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { ParameterRow } from '../../../grammar/parameter-row.ts'
import { parameters } from '../../../grammar/parameters.ts'
import { makeScene } from '../../images/scene.ts'
import { measureWorstBlock } from '../../images/worst-block.ts'
import { root } from '../../project-files.ts'
import { createTransformer, imageOf } from '../run.ts'
import { drawMark, markKey, markSettings } from './mark.ts'
import { type Golden, nameGolden, operations } from './operations.ts'
import { ask, rewriteCommand, rewrites } from './request.ts'

/** The ΔE, in the worst 8 × 8 pixels, that another version of libvips may make; 2.3 is just seen side by side. */
const tolerance = 2.3

/** Bytes of all goldens: they are in every clone. */
const maxBytes = 400_000

const folder = fileURLToPath(new URL('pictures', import.meta.url))

/** Where what failed is left to be looked at. */
const failures = join(root, 'build/golden')

const rows: readonly ParameterRow[] = parameters
/** Parameters before the format change pixels. */
const changing = rows.slice(
  0,
  rows.findIndex(({ name }) => name === 'format'),
)

const pictures = {
  'scene.png': await makeScene().png().toBuffer(),
  'cut-out.png': await makeScene({ cutOut: true }).png().toBuffer(),
  'framed.png': await makeScene({ framed: true }).png().toBuffer(),
  [markKey]: await sharp(drawMark()).png().toBuffer(),
}
const transformer = createTransformer(pictures, { settings: markSettings })

const goldens = Object.values(operations).flat()
const make = async (request: string) => imageOf(await ask(`${request}&format=png`, transformer))

if (rewrites) rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

for (const [operation, each] of Object.entries(operations)) {
  suite(`goldens of ${operation}`, () => {
    for (const golden of each) {
      test(golden.request, () => check(golden))
      if (golden.unlike) {
        test(`${golden.request} is told from ${golden.unlike}`, async () => {
          const distance = await measureWorstBlock(readGolden(golden), await make(golden.unlike ?? ''))
          assert.ok(distance > tolerance, `ΔE ${distance.toFixed(1)}`)
        })
      }
    }
  })
}

suite('goldens', () => {
  test('are of every parameter that changes pixels', () => {
    assert.ok(changing.length >= 20)
    assert.deepEqual(Object.keys(operations).sort(), changing.map(({ name }) => name).sort())
  })

  for (const { name, spellings, kind } of changing) {
    test(`of ${name} are of each word that it takes, and one of them is told from a near one`, () => {
      // Numbers and shapes are too many; `auto` is a matter of hints.
      const words = kind.split(' ').filter((group) => !/\.\.|[A-Z]|^(?:hex|auto)$/.test(group))
      const requests = (operations[name] ?? []).map(({ request }) => request)
      const missing = words.filter((group) => {
        const values = group.split('=')
        const pattern = new RegExp(`[?&](?:${spellings.join('|')})=(?:${values.join('|')})(?:&|$)`)
        return !requests.some((request) => pattern.test(request))
      })
      assert.deepEqual(missing, [])
      assert.ok((operations[name] ?? []).some(({ unlike }) => unlike))
    })
  }

  test(`are the files that are there, of at most ${maxBytes} bytes in all`, () => {
    const files = readdirSync(folder).sort()
    assert.deepEqual(files, [...new Set(goldens.map((golden) => `${nameGolden(golden)}.webp`))].sort())
    const bytes = files.reduce((sum, file) => sum + readFileSync(join(folder, file)).length, 0)
    assert.ok(bytes <= maxBytes, `${bytes} bytes`)
  })
})

async function check(golden: Golden): Promise<void> {
  const actual = await make(golden.request)
  if (rewrites) {
    const bytes = await sharp(actual).webp({ lossless: true, effort: 6 }).toBuffer()
    return writeFileSync(pathOf(golden), bytes)
  }
  const expected = readGolden(golden)
  const distance = await measureWorstBlock(expected, actual)
  if (distance <= tolerance) return
  await keep(golden, expected, actual)
  assert.fail(
    `expected ${golden.request} within ΔE ${tolerance} of its golden but received ${distance.toFixed(1)}: ` +
      `look at ${join(failures, nameGolden(golden))}-*.png, and where that is meant, run \`${rewriteCommand}\``,
  )
}

function pathOf(golden: Golden): string {
  return join(folder, `${nameGolden(golden)}.webp`)
}

function readGolden(golden: Golden): Buffer {
  assert.ok(existsSync(pathOf(golden)), `${pathOf(golden)} is missing: run \`${rewriteCommand}\``)
  return readFileSync(pathOf(golden))
}

async function keep(golden: Golden, expected: Buffer, actual: Buffer): Promise<void> {
  mkdirSync(failures, { recursive: true })
  const path = join(failures, nameGolden(golden))
  await sharp(expected).png().toFile(`${path}-expected.png`)
  await sharp(actual).png().toFile(`${path}-actual.png`)
}
