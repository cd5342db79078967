import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Counted, observeAlarms, readAlarms } from '../../../bench/faults/alarms.ts'

const well: Counted = {
  seconds: 10,
  requests: 1000,
  serverErrors: 0,
  forbidden: 0,
  transformerErrors: 0,
  throttled: 0,
  edgeErrors: 0,
  edgeInvalid: 0,
  originLatencies: [100, 200, 300],
}

const breached = (counted: Partial<Counted>) =>
  observeAlarms(readAlarms(), { ...well, ...counted })
    .filter((alarm) => alarm.breached)
    .map(({ name }) => name)

suite('observeAlarms', () => {
  test('is silent where all is well', () => assert.deepEqual(breached({}), []))

  const cases: [Partial<Counted>, string][] = [
    [{ serverErrors: 11 }, 'server-errors'],
    [{ forbidden: 51 }, 'forbidden'],
    [{ transformerErrors: 1 }, 'transformer-errors'],
    [{ throttled: 1 }, 'throttles'],
    [{ edgeErrors: 1 }, 'edge-errors'],
    [{ edgeInvalid: 1 }, 'edge-validation'],
    [{ originLatencies: [100, 3500] }, 'origin-latency'],
  ]
  for (const [counted, name] of cases) {
    test(`starts ${name} for ${JSON.stringify(counted)}`, () => assert.deepEqual(breached(counted), [name]))
  }

  test('does not start one at its threshold that must be passed', () => {
    assert.deepEqual(breached({ serverErrors: 10 }), [])
  })

  test('tells how long a fault must last until one starts', () => {
    const alarms = observeAlarms(readAlarms(), well)
    const after = (name: string) => alarms.find((alarm) => alarm.name === name)?.startsAfterSeconds
    assert.deepEqual([after('server-errors'), after('forbidden'), after('edge-errors')], [600, 900, 300])
  })

  test('scales what is too little to say by the time that it took', () => {
    // Of 300 s this has 4 errors of the 5 that the alarm wants at least.
    assert.deepEqual(breached({ seconds: 300, requests: 100, serverErrors: 4 }), [])
    assert.deepEqual(breached({ seconds: 300, requests: 100, forbidden: 19 }), [])
    assert.deepEqual(breached({ seconds: 300, requests: 100, forbidden: 20 }), ['forbidden'])
  })
})
