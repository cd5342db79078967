import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readMonitoring } from '../../../infra/monitoring-settings.ts'
import { testRefused } from '../refused-settings.ts'

suite('the setting monitoring', () => {
  test('is a dashboard, alarms and access logs, told to nobody yet', () => {
    const { thresholds, ...flat } = readMonitoring()
    assert.deepEqual(flat, {
      dashboard: true,
      alarms: true,
      alarmEmail: undefined,
      runbook: 'docs/operations.md',
      accessLogs: true,
      accessLogDays: 30,
      rum: undefined,
    })
    assert.deepEqual(thresholds, {
      serverErrorPercent: 1,
      serverErrorsAtLeast: 5,
      forbiddenPercent: 5,
      forbiddenAtLeast: 20,
      hitPercent: 90,
      hitRequestsAtLeast: 10_000,
      originP95Milliseconds: 3000,
      transformerErrors: 5,
      throttles: 1,
      concurrencyPercent: 80,
      edgeErrors: 1,
      computePercent: 70,
      rotationFailures: 1,
      replicationLagSeconds: 900,
      deadLetters: 1,
    })
  })

  test('keeps what is given, and the defaults beside it', () => {
    const given = { dashboard: false, thresholds: { hitPercent: 80 }, rum: { domain: 'Shop.Example.com' } }
    const { dashboard, alarms, thresholds, rum } = readMonitoring(given)
    assert.deepEqual([dashboard, alarms], [false, true])
    assert.deepEqual([thresholds.hitPercent, thresholds.computePercent], [80, 70])
    assert.deepEqual(rum, { domain: 'shop.example.com', visitPercent: 10 })
  })

  testRefused('monitoring', [
    [{ alarm: true }, /expected only dashboard, .* for monitoring but received 'alarm'/],
    [{ dashboard: 'yes' }, /expected true or false for monitoring.dashboard but received 'yes'/],
    [{ alarms: 1 }, /for monitoring.alarms/],
    [{ accessLogs: {} }, /for monitoring.accessLogs/],
    [{ accessLogDays: 31 }, /expected one of 1, 3, .* for monitoring.accessLogDays but received 31/],
    [{ alarmEmail: 'nobody' }, /expected an e-mail address for monitoring.alarmEmail but received 'nobody'/],
    [{ alarmEmail: 'a@b.example', alarms: false }, /expected true beside alarmEmail for monitoring.alarms/],
    [{ runbook: 'a b' }, /without fragment for monitoring.runbook/],
    [{ runbook: 'docs/x.md#y' }, /for monitoring.runbook/],
    [{ rum: {} }, /for monitoring.rum.domain but received 'undefined'/],
    [{ rum: { domain: 'https://example.com' } }, /for monitoring.rum.domain/],
    [{ rum: { domain: '*' } }, /for monitoring.rum.domain/],
    [{ rum: { domain: 'a.example', visitPercent: 0 } }, /from 1 to 100 for monitoring.rum.visitPercent/],
    [{ rum: { domain: 'a.example', rate: 1 } }, /for monitoring.rum but received 'rate'/],
    [{ thresholds: { hitPercent: 101 } }, /percent from 1 to 100 for monitoring.thresholds.hitPercent/],
    [
      { thresholds: { forbiddenPercent: 0.5 } },
      /percent from 1 to 100 for monitoring.thresholds.forbiddenPercent but received 0.5/,
    ],
    [{ thresholds: { forbiddenAtLeast: 0 } }, /answers from 1 to 1000000 for .*forbiddenAtLeast/],
    [{ thresholds: { throttles: 0 } }, /from 1 to 1000000 for monitoring.thresholds.throttles/],
    [{ thresholds: { hits: 1 } }, /for monitoring.thresholds but received 'hits'/],
  ])
})
