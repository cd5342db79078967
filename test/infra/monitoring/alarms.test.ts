import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Template } from 'aws-cdk-lib/assertions'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { type AlarmName, type AlarmRow, alarmTable } from '../../../infra/monitoring/alarm-table.ts'
import { defineSettings } from '../../../infra/settings.ts'
import { fullSettings } from '../full-settings.ts'
import { createStack, synthesize, templateBeside } from '../stand-in.ts'
import { knownMetrics } from './known-metrics.ts'

interface Stat {
  Metric: { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: unknown }[] }
  Period: number
  Stat: string
}

interface AlarmProperties {
  AlarmName: string
  AlarmDescription: string
  AlarmActions: unknown[]
  OKActions: unknown[]
  Threshold: number
  ComparisonOperator: string
  EvaluationPeriods: number
  DatapointsToAlarm: number
  TreatMissingData: string
  EvaluateLowSampleCountPercentile?: string
  Metrics?: { Expression?: string; MetricStat?: Stat }[]
  Namespace: string
  MetricName: string
  Dimensions?: Stat['Metric']['Dimensions']
  Period: number
  Statistic?: string
  ExtendedStatistic?: string
}

/** Of a second region. */
const raisedByOthers: AlarmName[] = ['replication-lag']

/** The alarms of a template by the end of their names. */
function readAlarms(template: Template, prefix = 'Fovea-'): Map<string, AlarmProperties> {
  const found = Object.values(template.findResources('AWS::CloudWatch::Alarm'))
  return new Map(
    found.map(({ Properties }) => {
      assert.ok(Properties.AlarmName.startsWith(prefix), Properties.AlarmName)
      return [Properties.AlarmName.slice(prefix.length), Properties]
    }),
  )
}

/** The metrics that an alarm looks at. */
function statsOf(alarm: AlarmProperties): Stat[] {
  if (alarm.Metrics) return alarm.Metrics.flatMap(({ MetricStat }) => MetricStat ?? [])
  const { Namespace, MetricName, Dimensions, Period } = alarm
  const Stat = alarm.Statistic ?? alarm.ExtendedStatistic ?? ''
  return [{ Metric: { Namespace, MetricName, Dimensions }, Period, Stat }]
}

/** The one expression of an alarm. */
function expressionOf(alarm: AlarmProperties | undefined): string | undefined {
  return alarm?.Metrics?.find(({ Expression }) => Expression)?.Expression
}

const alarms = readAlarms(synthesize())
const everything = createStack({ settings: fullSettings })
const own = readAlarms(Template.fromStack(everything))
const edge = readAlarms(templateBeside(everything, 'FoveaMonitoring'))

suite('the alarms of a deployment', () => {
  test('are all of the table but those of parts that there are not', () => {
    const expected = Object.keys(alarmTable).filter((name) => !raisedByOthers.includes(name as AlarmName))
    assert.deepEqual([...alarms.keys()].sort(), expected.sort())
    assert.deepEqual([...own.keys(), ...edge.keys()].sort(), expected.sort())
  })

  test('tell one topic when they start and when they are over', () => {
    const told = [...alarms.values()].flatMap(({ AlarmActions, OKActions }) => [
      ...AlarmActions,
      ...OKActions,
    ])
    assert.equal(told.length, 2 * alarms.size)
    assert.equal(new Set(told.map((each) => JSON.stringify(each))).size, 1)
  })

  for (const [name, row] of Object.entries<AlarmRow>(alarmTable)) {
    const alarm = alarms.get(name)
    if (!alarm) continue
    test(`${name} starts where the settings say, over the table's periods`, () => {
      const { thresholds } = defineSettings().monitoring
      assert.deepEqual(
        [alarm.Threshold, alarm.EvaluationPeriods, alarm.DatapointsToAlarm],
        [thresholds[row.threshold], row.periods, row.breaching],
      )
      assert.ok(statsOf(alarm).every(({ Period }) => Period === row.periodSeconds))
      assert.equal(alarm.TreatMissingData, row.missing === 'well' ? 'notBreaching' : 'ignore')
      const operators = {
        above: 'GreaterThanThreshold',
        'at-least': 'GreaterThanOrEqualToThreshold',
        below: 'LessThanThreshold',
      }
      assert.equal(alarm.ComparisonOperator, operators[row.breach])
    })

    test(`${name} looks at metrics that their publisher documents`, () => {
      const stats = statsOf(alarm)
      assert.ok(stats.length > 0)
      for (const { Metric: metric, Stat } of stats) {
        const names = (metric.Dimensions ?? []).map(({ Name }) => Name)
        const suffix = names.length > 0 ? '' : ' of the account'
        const known = knownMetrics[metric.Namespace]?.[metric.MetricName + suffix]
        assert.deepEqual(names, known?.dimensions, metric.MetricName)
        assert.ok(
          known?.statistics.includes(Stat.replace(/^p\d+$/, 'pNN')),
          `${Stat} of ${metric.MetricName}`,
        )
      }
    })
  }

  test('follow the thresholds of the settings', () => {
    const { thresholds } = fullSettings.monitoring
    for (const [name, alarm] of [...own, ...edge]) {
      assert.equal(alarm.Threshold, thresholds[alarmTable[name as AlarmName].threshold], name)
    }
  })

  test('are where their metrics are: those of CloudFront in us-east-1, the others with the pipeline', () => {
    for (const alarm of edge.values()) {
      for (const { Metric: metric } of statsOf(alarm)) assert.equal(metric.Namespace, 'AWS/CloudFront')
    }
    for (const alarm of own.values()) {
      for (const { Metric: metric } of statsOf(alarm)) assert.match(metric.Namespace, /^AWS\/(Lambda|SQS)$/)
    }
    assert.deepEqual([own.size, edge.size], [5, 7])
  })

  test('are within what CloudWatch evaluates: a day for short periods, ten metrics, no search', () => {
    for (const alarm of [...alarms.values(), ...own.values(), ...edge.values()]) {
      const stats = statsOf(alarm)
      const seconds = (stats[0]?.Period ?? 0) * alarm.EvaluationPeriods
      assert.ok(seconds <= 86_400, alarm.AlarmName)
      assert.ok(stats.length <= 10, alarm.AlarmName)
      assert.doesNotMatch(expressionOf(alarm) ?? '', /SEARCH/)
    }
  })

  test('are none where none are wanted, and no topic', () => {
    const template = synthesize({ settings: defineSettings({ monitoring: { alarms: false } }) })
    template.resourceCountIs('AWS::CloudWatch::Alarm', 0)
    template.resourceCountIs('AWS::SNS::Topic', 0)
  })
})

suite('the alarm', () => {
  test('server-errors does not look at the share of a few errors', () => {
    assert.equal(expressionOf(alarms.get('server-errors')), 'IF(rate * requests / 100 >= 5, rate, 0)')
  })

  test('forbidden is of 403 alone, whoever answered, and not of the share of a few', () => {
    const alarm = alarms.get('forbidden')
    assert.equal(expressionOf(alarm), 'IF(rate * requests / 100 >= 20, rate, 0)')
    assert.deepEqual(
      alarm && statsOf(alarm).map(({ Metric: metric, Stat }) => `${metric.MetricName} ${Stat}`),
      ['403ErrorRate Average', 'Requests Sum'],
    )
    const { forbiddenAtLeast } = fullSettings.monitoring.thresholds
    assert.equal(
      expressionOf(edge.get('forbidden')),
      `IF(rate * requests / 100 >= ${forbiddenAtLeast}, rate, 0)`,
    )
  })

  test('hit-ratio looks at a whole day, and at none with little traffic', () => {
    const alarm = alarms.get('hit-ratio')
    assert.equal(expressionOf(alarm), 'IF(requests >= 10000, hits)')
    assert.deepEqual(alarm && statsOf(alarm).map(({ Period }) => Period), [86_400, 86_400])
  })

  test('origin-latency is of the 95th percentile, and waits for enough of them', () => {
    const alarm = alarms.get('origin-latency')
    assert.deepEqual([alarm?.ExtendedStatistic, alarm?.EvaluateLowSampleCountPercentile], ['p95', 'ignore'])
  })

  test("concurrency is of the account's quota, whatever it is", () => {
    assert.equal(expressionOf(alarms.get('concurrency')), '100 * claimed / SERVICE_QUOTA(running)')
  })

  for (const [name, metricName, dimension] of [
    ['dead-letters', 'ApproximateNumberOfMessagesVisible', /FreshnessDeadLetters/],
    ['rotation-failed', 'Errors', /SigningKeysRotator/],
  ] as const) {
    test(`${name} starts with the first, and looks at the part that fails so`, () => {
      const alarm = alarms.get(name)
      const [stat] = alarm ? statsOf(alarm) : []
      assert.deepEqual([alarm?.Threshold, stat?.Metric.MetricName], [1, metricName])
      assert.match(JSON.stringify(stat?.Metric.Dimensions), dimension)
    })
  }

  test('is not raised of a part that the settings leave out', () => {
    const without = readAlarms(synthesize({ settings: defineSettings({ freshness: 'off', keys: false }) }))
    assert.equal(without.size, alarms.size - 2)
    assert.ok(!without.has('dead-letters') && !without.has('rotation-failed'))
  })

  test('replication-lag is where S3 tells of it, in the second region, and tells a topic there', () => {
    const stack = createStack({ settings: defineSettings({ secondRegion: { region: 'eu-west-1' } }) })
    assert.ok(!readAlarms(Template.fromStack(stack)).has('replication-lag'))
    const template = templateBeside(stack, 'FoveaSecondRegionAccess')
    const alarm = readAlarms(template).get('replication-lag')
    const [stat] = alarm ? statsOf(alarm) : []
    assert.deepEqual([alarm?.Threshold, stat?.Stat, stat?.Metric.Namespace], [900, 'Maximum', 'AWS/S3'])
    const dimensions = stat?.Metric.Dimensions ?? []
    assert.deepEqual(
      dimensions.map(({ Name }) => Name),
      knownMetrics['AWS/S3']?.ReplicationLatency?.dimensions,
    )
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'))
    assert.deepEqual(alarm?.AlarmActions, [{ Ref: topic }])
  })

  test('concurrency is of what is reserved, where something is', () => {
    assert.equal(expressionOf(own.get('concurrency')), '100 * running / 200')
  })

  for (const [name, by] of [
    ['edge-errors', 'SUM'],
    ['edge-validation', 'SUM'],
    ['edge-compute', 'MAX'],
  ] as const) {
    test(`${name} looks at every edge function`, () => {
      const alarm = edge.get(name)
      assert.equal(expressionOf(alarm), `${by}([f0, f1, f2])`)
      const names = alarm && statsOf(alarm).map((stat) => JSON.stringify(stat.Metric.Dimensions?.[0]))
      assert.equal(new Set(names).size, 3)
    })
  }
})

suite('raise', () => {
  const metric = new Metric({ namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible' })

  for (const name of raisedByOthers) {
    test(`raises ${name} for the part that fails so`, () => {
      const stack = createStack()
      assert.ok(stack.pipeline.monitoring.raise(name, metric))
      const alarm = readAlarms(Template.fromStack(stack)).get(name)
      const row: AlarmRow = alarmTable[name]
      assert.deepEqual(
        [alarm?.Threshold, alarm?.Period],
        [defineSettings().monitoring.thresholds[row.threshold], row.periodSeconds],
      )
      assert.deepEqual(alarm?.AlarmActions, alarms.get('throttles')?.AlarmActions)
    })
  }

  test('raises nothing where no alarms are wanted', () => {
    const stack = createStack({ settings: defineSettings({ monitoring: { alarms: false } }) })
    assert.equal(stack.pipeline.monitoring.raise('replication-lag', metric), undefined)
    Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 0)
  })
})
