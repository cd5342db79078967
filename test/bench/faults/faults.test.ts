import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { judgeFaults } from '../../../bench/faults/report.ts'
import { runFaults } from '../../../bench/faults/run.ts'
import { chooseFaults } from '../../../bench/faults/table.ts'
import { assemblyFolder } from '../../../edge/project.ts'

suite('a short run of faults', () => {
  test('meets viewers with honest errors, recovers, and leaves nothing in the cache', async () => {
    const lines: string[] = []
    const figures = await runFaults({
      faults: chooseFaults(['s3-5xx', 'key-value-store-lost']),
      seconds: 5,
      requestsPerSecond: 30,
      assembly: assemblyFolder,
      say: (line) => lines.push(line),
    })
    const [s3, store] = figures.faults
    assert.ok(s3 && store)
    assert.deepEqual(judgeFaults(figures), [])
    assert.deepEqual(Object.keys(s3.errors.during), ['503'])
    assert.ok(s3.stale > 0)
    assert.deepEqual(Object.keys(store.errors.during), ['403'])
    for (const { sweep } of figures.faults) assert.ok(sweep.compared > 20)
    assert.ok(lines.length >= 2)
  })
})
