import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readAlarms, uncounted } from '../../../bench/faults/alarms.ts'
import { chooseFaults, faults, listFaults } from '../../../bench/faults/table.ts'

/** What must be injected, and the faults that do. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  'S3 slow': ['s3-slow'],
  'S3 5xx': ['s3-5xx'],
  'S3 cut in mid-body': ['s3-cut', 's3-stalls'],
  'transformer killed in mid-transform': ['transformer-killed'],
  'transformer out of memory': ['out-of-memory'],
  'transformer hanging past its deadline': ['s3-hangs', 'transform-hangs'],
  'transformer throttled': ['throttled'],
  'region lost': ['region-lost'],
  'KeyValueStore unavailable': ['key-value-store-lost'],
  'key rotated under load': ['key-rotated'],
  'clock skew': ['clock-skew'],
  'original overwritten under load': ['original-overwritten'],
  'original deleted': ['original-deleted'],
  'disk full for the local cache': ['disk-full'],
  '1,000 slow clients': ['slow-clients'],
  'hostile images mixed into the trace': ['hostile-images'],
}

const names = faults.map(({ name }) => name)

suite('the table of faults', () => {
  for (const [what, by] of Object.entries(wanted)) {
    test(`has ${what}`, () => {
      for (const name of by) assert.ok(names.includes(name), name)
    })
  }

  test('has nothing twice and nothing else', () => {
    assert.deepEqual([...names].sort(), Object.values(wanted).flat().sort())
  })

  test('allows nobody who is served from the cache an error, but to who is refused', () => {
    for (const { name, allowed } of faults) {
      assert.deepEqual(allowed.popular ?? [], [], name)
      assert.ok(
        (allowed.signed ?? []).every((status) => status === 403),
        name,
      )
    }
  })

  test('names alarms that the deployment has, and knows all that it has', () => {
    const alarms = readAlarms().map(({ name }) => name)
    assert.ok(alarms.length >= 10)
    for (const name of faults.flatMap((fault) => fault.alarms)) assert.ok(alarms.includes(name), name)
    const counted = [
      'server-errors',
      'forbidden',
      'transformer-errors',
      'throttles',
      'edge-errors',
      'edge-validation',
      'origin-latency',
    ]
    assert.deepEqual(
      alarms.filter((name) => !counted.includes(name) && !(name in uncounted)),
      [],
    )
  })

  test('is chosen from by name, in its own order, and says what it has not', () => {
    assert.deepEqual(
      chooseFaults(['s3-cut', 's3-slow']).map(({ name }) => name),
      ['s3-slow', 's3-cut'],
    )
    assert.equal(chooseFaults([]).length, faults.length)
    assert.throws(() => chooseFaults(['flood']), /--fault: expected one of s3-slow, .* but received flood/)
    for (const name of names) assert.ok(listFaults().includes(name))
  })
})
