import { Duration } from 'aws-cdk-lib'
import {
  GraphWidget,
  type HorizontalAnnotation,
  type IMetric,
  type IWidget,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch'
import type { MonitoringSettings } from '../../monitoring-settings.ts'
import { edgeRegion, type Watched } from '../metrics.ts'

/** What the rows of a dashboard show. */
export interface View {
  readonly watched: Watched
  readonly settings: MonitoringSettings
}

/** A row: its question, and what answers it from left to right. */
export interface Row {
  readonly question: string
  /** One line under the question: what is well. */
  readonly well: string
  readonly panels: readonly IWidget[]
}

/** Colours of lines that mean the same everywhere. */
export const colours = { good: '#2ca02c', bad: '#d62728', warning: '#ff7f0e', neutral: '#1f77b4' } as const

/** A dashboard is 24 wide (CloudWatch guide, "Dashboard body structure"). */
const fullWidth = 24
const height = 6

/** A graph of metrics of one region, so that arithmetic on them never crosses regions. */
interface Graph {
  readonly title: string
  readonly region: 'edge' | 'own'
  /** Of 24. */
  readonly width: number
  readonly lines: readonly IMetric[]
  /** Lines against the axis on the right. */
  readonly right?: readonly IMetric[]
  readonly marks?: readonly HorizontalAnnotation[]
  readonly unit?: string
  /** Largest value of the axis; default as the data has it. */
  readonly most?: number
  readonly stacked?: boolean
  readonly period?: Duration
}

/** Returns a graph. */
export function drawGraph(view: View, graph: Graph): IWidget {
  const { title, width, lines, right = [], marks = [], unit, most, stacked = false } = graph
  return new GraphWidget({
    title,
    width,
    height,
    stacked,
    left: [...lines],
    right: [...right],
    leftAnnotations: [...marks],
    leftYAxis: { min: 0, max: most, label: unit, showUnits: false },
    rightYAxis: { min: 0, showUnits: false },
    period: graph.period ?? Duration.minutes(5),
    region: graph.region === 'edge' ? edgeRegion : view.watched.region,
    liveData: false,
  })
}

/** Returns numbers of the whole time shown. */
export function drawNumbers(
  view: View,
  { title, region, width, lines, period }: Omit<Graph, 'right' | 'marks' | 'unit' | 'most' | 'stacked'>,
): IWidget {
  return new SingleValueWidget({
    title,
    width,
    height,
    metrics: [...lines],
    setPeriodToTimeRange: period === undefined,
    ...(period && { period }),
    region: region === 'edge' ? edgeRegion : view.watched.region,
  })
}

/** Returns text in Markdown. */
export function writeText(markdown: string, width = fullWidth, lines = height): IWidget {
  return new TextWidget({ markdown, width, height: lines })
}
