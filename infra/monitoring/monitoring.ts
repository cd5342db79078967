import { CfnOutput, Stack } from 'aws-cdk-lib'
import type { Alarm, IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import type { ILogGroup } from 'aws-cdk-lib/aws-logs'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { tagDeployment, tagPart } from '../cost-tags.ts'
import type { MonitoringSettings } from '../monitoring-settings.ts'
import { createAccessLogs } from './access-logs.ts'
import { type AlarmDesk, createAlarm } from './alarm.ts'
import type { AlarmName } from './alarm-table.ts'
import { createDashboard } from './dashboard.ts'
import { findEdgeScope } from './edge-scope.ts'
import type { Watched } from './metrics.ts'
import { listEdgeAlarms, listTransformerAlarms, type PipelineAlarm } from './pipeline-alarms.ts'
import { createAppMonitor } from './rum.ts'
import { createSavedQueries } from './saved-queries.ts'
import { createTopic } from './topic.ts'

/** What is to be watched. */
export interface MonitoringProps {
  readonly settings: MonitoringSettings
  /** Of every resource: the settings' own. */
  readonly tags: Readonly<Record<string, string>>
  readonly watched: Omit<Watched, 'appMonitor' | 'distributionId'>
  /** What the transformer writes. */
  readonly transformerLog: ILogGroup
}

/** What of a pipeline's monitoring is in us-east-1. */
export interface EdgeParts {
  readonly scope: Construct
  /** Undefined without alarms. */
  readonly topic: Topic | undefined
}

/** The id of the pipeline in a stack that has no other. */
const soleId = 'Pipeline'

/** Dashboard, alarms, access logs, saved queries and real user monitoring of a pipeline, as the settings have them. */
export class Monitoring extends Construct {
  /**
   * What alarms report to, and the budget; undefined without alarms. Alarms on CloudFront's metrics have one like it in
   * us-east-1 where the pipeline is elsewhere: an alarm can publish in its own region alone.
   */
  readonly topic: Topic | undefined
  readonly #props: MonitoringProps
  readonly #watched: Watched
  /** What the names of alarms, dashboard and queries begin with. */
  readonly #name: string
  #edge: EdgeParts | undefined

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id)
    const { settings, transformerLog, watched } = props
    this.#props = props
    this.#name = nameDeployment(scope)
    const rum = settings.rum && createAppMonitor(this, settings.rum)
    this.#watched = { ...watched, appMonitor: rum?.name, distributionId: undefined }
    if (settings.alarms) {
      this.topic = createTopic(this, settings.alarmEmail)
      this.#raiseAll(this, this.topic, listTransformerAlarms(this.#watched))
    }
    createSavedQueries(this, this.#name, 'transformer', transformerLog, watched.memoryMegabytes)
    if (rum) new CfnOutput(this, 'AppMonitorId', { value: rum.appMonitor.attrId })
    tagPart('monitoring', this)
  }

  /** What of it is in us-east-1, once there is a distribution. */
  get edge(): EdgeParts | undefined {
    return this.#edge
  }

  /**
   * Watches what viewers talk to: alarms, dashboard and, of an `own` distribution, access logs. One is watched, the first.
   *
   * @param whose of `yours`, access logs are left to you: a distribution has one source of them. Its metrics of hits and of the
   *   origin's latency exist only if you enabled the additional ones.
   */
  watchDistribution(distributionId: string, whose: 'own' | 'yours'): void {
    if (this.node.tryFindChild('Edge')) return
    const { settings } = this.#props
    const watched: Watched = { ...this.#watched, distributionId }
    const inside = new Construct(this, 'Edge')
    const logs = settings.accessLogs && whose === 'own'
    const edge = settings.alarms || logs ? findEdgeScope(inside, watched.region) : inside
    if (edge) this.#watchEdge(edge, edge === inside, watched, logs)
    if (settings.dashboard) createDashboard(this, this.#name, { watched, settings })
  }

  /**
   * Raises an alarm of the table on a metric of the pipeline's region: for parts that have failures of their own.
   *
   * @returns undefined where the settings want no alarms.
   */
  raise(name: AlarmName, metric: IMetric): Alarm | undefined {
    const { topic } = this
    return topic && createAlarm(this, name, metric, this.#deskOf(topic))
  }

  /**
   * The same of a metric of another region.
   *
   * @param scope in a stack of that region; it gets a topic of its own, since an alarm can publish in its own region alone.
   */
  raiseElsewhere(scope: Construct, name: AlarmName, metric: IMetric): Alarm | undefined {
    const { settings, tags } = this.#props
    if (!this.topic) return undefined
    const alarm = createAlarm(scope, name, metric, this.#deskOf(createTopic(scope, settings.alarmEmail)))
    tagPart('monitoring', scope)
    tagDeployment(scope, this, tags)
    return alarm
  }

  #watchEdge(scope: Construct, inside: boolean, watched: Watched, logs: boolean): void {
    const { settings, tags } = this.#props
    const topic = this.topic && !inside ? createTopic(scope, settings.alarmEmail) : this.topic
    this.#edge = { scope, topic }
    if (topic) this.#raiseAll(scope, topic, listEdgeAlarms(watched, settings.thresholds))
    if (logs && watched.distributionId !== undefined) {
      const accessLog = createAccessLogs(scope, watched.distributionId, settings.accessLogDays)
      createSavedQueries(scope, this.#name, 'requests', accessLog, watched.memoryMegabytes)
    }
    tagPart('monitoring', scope)
    // A stack beside the pipeline's is not within what the pipeline tags.
    tagDeployment(scope, this, tags)
  }

  #raiseAll(scope: Construct, topic: Topic, alarms: readonly PipelineAlarm[]): void {
    for (const { name, metric } of alarms) createAlarm(scope, name, metric, this.#deskOf(topic))
  }

  #deskOf(topic: Topic): AlarmDesk {
    return { name: this.#name, topic, settings: this.#props.settings }
  }
}

/** What a stack of one pipeline is called, and with the pipeline's id where there may be several: `Shop-Images`. */
function nameDeployment(pipeline: Construct): string {
  const stack = Stack.of(pipeline)
  const ids = pipeline.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id)
  return [stack.stackName, ...(ids.join() === soleId ? [] : ids)].join('-')
}
