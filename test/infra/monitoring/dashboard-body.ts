import type { Template } from 'aws-cdk-lib/assertions'
import { propertiesOf } from '../stand-in.ts'

/** A widget of a dashboard, as CloudWatch reads it. */
export interface Widget {
  type: 'metric' | 'text'
  x: number
  y: number
  width: number
  height: number
  properties: {
    markdown?: string
    title?: string
    region?: string
    metrics?: unknown[][]
    annotations?: { horizontal: { value: number; label: string }[] }
  }
}

/** What stands for a value that only the deployment knows, in bodies as read here. */
export const token = 'TOKEN'

/** The widgets of the template's one dashboard. */
export function readWidgets(template: Template): Widget[] {
  const { DashboardBody: body } = propertiesOf(template, 'AWS::CloudWatch::Dashboard')
  const text =
    typeof body === 'string'
      ? body
      : (body as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1]
          .map((part) => (typeof part === 'string' ? part : token))
          .join('')
  return JSON.parse(text).widgets
}

/** A metric that a widget or an alarm asks for. */
export interface AskedMetric {
  namespace: string
  metricName: string
  dimensions: Record<string, string>
  statistic: string
  region: string | undefined
}

/** What a widget asks for: metrics by name, and those that it searches for. */
export function readMetrics({ properties }: Widget): AskedMetric[] {
  return (properties.metrics ?? []).flatMap((line) => {
    const options = (line.at(-1) ?? {}) as { expression?: string; stat?: string; region?: string }
    if (options.expression !== undefined) return readSearch(options.expression, options.region)
    const [namespace, metricName, ...pairs] = line.slice(0, -1).map(String)
    const dimensions: Record<string, string> = {}
    for (let at = 0; at < pairs.length; at += 2) dimensions[String(pairs[at])] = String(pairs[at + 1])
    return [
      {
        namespace: String(namespace),
        metricName: String(metricName),
        dimensions,
        statistic: options.stat ?? 'Average',
        region: options.region,
      },
    ]
  })
}

/** The expressions of a widget. */
export function readExpressions({ properties }: Widget): string[] {
  return (properties.metrics ?? []).flatMap((line) => {
    const { expression } = (line.at(-1) ?? {}) as { expression?: string }
    return expression === undefined ? [] : [expression]
  })
}

/** `SEARCH('{Namespace,dimension,…} MetricName="…" dimension="…"', 'statistic', seconds)`. */
function readSearch(expression: string, region: string | undefined): AskedMetric[] {
  const found = /SEARCH\('\{([^}]*)\} MetricName="(\w+)"([^']*)', '(\w+)', \d+\)/.exec(expression)
  if (!found) return []
  const [, schema = '', metricName = '', filters = '', statistic = ''] = found
  const [namespace = '', ...names] = schema.split(',')
  const given = new Map([...filters.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
  const dimensions = Object.fromEntries(names.map((name) => [name, given.get(name) ?? '*']))
  return [{ namespace, metricName, dimensions, statistic, region }]
}
