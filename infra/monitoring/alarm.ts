import { Duration } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import type { MonitoringSettings } from '../monitoring-settings.ts'
import { type AlarmName, type AlarmRow, alarmTable, formatPageLink } from './alarm-table.ts'

/** Where alarms report, and what the settings say of them. */
export interface AlarmDesk {
  /** The deployment's name, with which those of its alarms begin, so that a mail says which it is of. */
  readonly name: string
  /** In the region of the alarms: one in another region cannot publish to it. */
  readonly topic: ITopic
  readonly settings: MonitoringSettings
}

const comparisons: Readonly<Record<AlarmRow['breach'], ComparisonOperator>> = {
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
  'at-least': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
}

const missing: Readonly<Record<AlarmRow['missing'], TreatMissingData>> = {
  well: TreatMissingData.NOT_BREACHING,
  unchanged: TreatMissingData.IGNORE,
}

/**
 * Returns an alarm of the table on `metric`, which tells the desk when it starts and when it is over.
 *
 * @param scope of a stack in the metric's region; one alarm of a name in a scope.
 * @param metric its period is the row's, whatever it was made with.
 */
export function createAlarm(scope: Construct, name: AlarmName, metric: IMetric, desk: AlarmDesk): Alarm {
  const row: AlarmRow = alarmTable[name]
  const threshold = desk.settings.thresholds[row.threshold]
  const alarm = new Alarm(scope, nameAlarmId(name), {
    alarmName: `${desk.name}-${name}`,
    alarmDescription: describeAlarm(name, threshold, desk.settings.runbook),
    metric: withPeriod(metric, Duration.seconds(row.periodSeconds)),
    threshold,
    comparisonOperator: comparisons[row.breach],
    evaluationPeriods: row.periods,
    datapointsToAlarm: row.breaching,
    treatMissingData: missing[row.missing],
    // Of percentiles alone: the 95th of ten requests is the slowest of them, which says nothing.
    ...(isPercentile(metric) && { evaluateLowSampleCountPercentile: 'ignore' }),
  })
  const tell = new SnsAction(desk.topic)
  alarm.addAlarmAction(tell)
  alarm.addOkAction(tell)
  return alarm
}

/** Returns the logical name of an alarm: `hit-ratio` is `HitRatioAlarm`. */
export function nameAlarmId(name: AlarmName): string {
  return `${name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Alarm`
}

function describeAlarm(name: AlarmName, threshold: number, runbook: string): string {
  const row: AlarmRow = alarmTable[name]
  return `Fovea: ${row.says.replace('#', String(threshold))}. What to do: ${formatPageLink(runbook, name)}`
}

function isPercentile(metric: IMetric): boolean {
  return /^p\d/.test(metric.toMetricConfig().metricStat?.statistic ?? '')
}

/** A metric and an expression take another period alike, an expression for its metrics too. */
function withPeriod(metric: IMetric, period: Duration): IMetric {
  const adjustable = metric as IMetric & { with?: (props: { period: Duration }) => IMetric }
  if (!adjustable.with)
    throw new Error('expected a metric or an expression for an alarm but received neither')
  return adjustable.with({ period })
}
