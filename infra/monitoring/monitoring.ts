import { CfnOutput, Stack } from 'aws-cdk-lib'
import type { Alarm, Dashboard, IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import type { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import type { MonitoringSettings } from '../monitoring-settings.ts'
import { createAccessLogs } from './access-logs.ts'
import { type AlarmDesk, createAlarm } from './alarm.ts'
import type { AlarmName } from './alarm-table.ts'
import { createDashboard } from './dashboard.ts'
import { findEdgeScope } from './edge-scope.ts'
import type { Watched } from './metrics.ts'
import { listPipelineAlarms } from './pipeline-alarms.ts'
import { createAppMonitor } from './rum.ts'
import { createSavedQueries } from './saved-queries.ts'
import { createTopic } from './topic.ts'

/** What is to be watched. */
export interface MonitoringProps {
  readonly settings: MonitoringSettings
  readonly watched: Omit<Watched, 'appMonitor'>
  /** What the transformer writes. */
  readonly transformerLog: ILogGroup
}

/** The id of the pipeline in a stack that has no other. */
const soleId = 'Pipeline'

/** Dashboard, alarms, access logs, saved queries and real user monitoring of a pipeline, as the settings have them. */
export class Monitoring extends Construct {
  /** What alarms in the pipeline's region report to, and the budget. Undefined without alarms. */
  readonly topic: Topic | undefined
  /** What alarms in us-east-1 report to: the same topic where the pipeline is there. Undefined without alarms. */
  readonly edgeTopic: Topic | undefined
  readonly dashboard: Dashboard | undefined
  readonly accessLog: LogGroup | undefined
  private readonly settings: MonitoringSettings
  private readonly name: string

  constructor(scope: Construct, id: string, { settings, watched, transformerLog }: MonitoringProps) {
    super(scope, id)
    this.settings = settings
    this.name = nameDeployment(scope)
    const { alarms, accessLogs, accessLogDays, alarmEmail } = settings
    const rum = settings.rum && createAppMonitor(this, settings.rum)
    const all: Watched = { ...watched, appMonitor: rum?.name }
    const edge = alarms || accessLogs ? findEdgeScope(this, watched.region) : this
    if (alarms) {
      this.topic = createTopic(this, alarmEmail)
      this.edgeTopic = edge === this ? this.topic : createTopic(edge, alarmEmail)
      this.raiseAll(all, edge)
    }
    if (accessLogs) {
      this.accessLog = createAccessLogs(edge, watched.distributionId, accessLogDays)
      createSavedQueries(edge, this.name, 'requests', this.accessLog, watched.memoryMegabytes)
    }
    createSavedQueries(this, this.name, 'transformer', transformerLog, watched.memoryMegabytes)
    if (settings.dashboard) this.dashboard = createDashboard(this, this.name, { watched: all, settings })
    if (rum) new CfnOutput(this, 'AppMonitorId', { value: rum.appMonitor.attrId })
  }

  /**
   * Raises an alarm of the table on a metric of the pipeline's region: for the parts that have failures of their own.
   *
   * @param scope default this; another where the part may be there twice.
   * @returns undefined where the settings want no alarms.
   */
  raise(name: AlarmName, metric: IMetric, scope: Construct = this): Alarm | undefined {
    const { topic } = this
    return topic && createAlarm(scope, name, metric, this.deskOf(topic))
  }

  private raiseAll(watched: Watched, edge: Construct): void {
    for (const { name, region, metric } of listPipelineAlarms(watched, this.settings.thresholds)) {
      const [scope, topic] = region === 'edge' ? [edge, this.edgeTopic] : [this, this.topic]
      if (topic) createAlarm(scope, name, metric, this.deskOf(topic))
    }
  }

  private deskOf(topic: Topic): AlarmDesk {
    return { name: this.name, topic, settings: this.settings }
  }
}

/** What a stack of one pipeline is called, and with the pipeline's id where there may be several: `Shop-Images`. */
function nameDeployment(pipeline: Construct): string {
  const stack = Stack.of(pipeline)
  const ids = pipeline.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id)
  return [stack.stackName, ...(ids.join() === soleId ? [] : ids)].join('-')
}
