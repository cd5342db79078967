import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createRandom } from '../../security/random.ts'
import { run } from './ask-apart.ts'
import type { Report } from './ask-mutated.ts'
import { mutate } from './mutate.ts'
import { makeSmallFiles } from './small-files.ts'

const script = fileURLToPath(new URL('./ask-mutated.ts', import.meta.url))

/** The same files each time; another seed is another thousand. */
const seed = Number(process.env.FOVEA_SEED ?? 20)

const count = 1200

suite('a process that is asked for variants of spoilt files', () => {
  let report: Report

  before(async () => {
    report = JSON.parse(await run(['--import', 'tsx', script, String(seed), String(count)]))
  })

  test('answers each with a picture or an honest refusal, and a good one behind it as before', () => {
    assert.deepEqual(report.wrong, [])
  })

  test('has seen every kind of file, and enough that was whole enough to be served', (t) => {
    let [seen, served] = [0, 0]
    for (const [name, statuses] of Object.entries(report.statuses)) {
      t.diagnostic(`${name}: ${JSON.stringify(statuses)}`)
      assert.ok((statuses[415] ?? 0) > 0, name)
      served += statuses[200] ?? 0
      for (const number of Object.values(statuses)) seen += number
    }
    assert.equal(seen, count)
    assert.ok(served > count / 10, `${served} served`)
    assert.ok(Object.keys(report.statuses).length > 12)
  })

  test('stays small', () => {
    assert.ok(report.peakBytes < 1.5e9, `${(report.peakBytes / 1e6).toFixed(0)} MB`)
  })
})

suite('mutate', () => {
  test('spoils a file in the same ways for the same seed, and in all of them', async () => {
    const { png = Buffer.alloc(0), gif = Buffer.alloc(0) } = await makeSmallFiles()
    const ways = new Set<string>()
    const [one, other] = [createRandom(1), createRandom(1)]
    let changed = 0
    for (let turn = 0; turn < 300; turn++) {
      const { bytes, how } = mutate(png, one, gif)
      assert.deepEqual(mutate(png, other, gif).bytes, bytes)
      for (const each of how.split(', ')) ways.add(each)
      if (!bytes.equals(png)) changed++
    }
    assert.equal(ways.size, 11)
    assert.ok(changed > 270, `${changed} changed`)
  })
})
