import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Template } from 'aws-cdk-lib/assertions'
import { prices } from '../../../infra/monitoring/prices.ts'
import { defineSettings } from '../../../infra/settings.ts'
import { fullSettings } from '../full-settings.ts'
import { createStack, synthesize } from '../stand-in.ts'
import { type AskedMetric, readExpressions, readMetrics, readWidgets, token } from './dashboard-body.ts'
import { knownMetrics } from './known-metrics.ts'

const deployments = {
  'in us-east-1': Template.fromStack(createStack()),
  'with everything, elsewhere': Template.fromStack(createStack({ settings: fullSettings })),
}

suite('the dashboard', () => {
  const widgets = readWidgets(deployments['in us-east-1'])
  const titled = (title: string) => {
    const found = widgets.find(({ properties }) => properties.title === title)
    assert.ok(found, `a widget called ${title}`)
    return found
  }

  test('asks its questions in the order in which trouble is met', () => {
    const questions = widgets.flatMap(
      ({ properties: { markdown = '' } }) => /^## (.*)/.exec(markdown)?.[1] ?? [],
    )
    assert.deepEqual(questions, [
      'Are viewers served?',
      'Is the cache working?',
      'Is the edge healthy?',
      'Is the transformer healthy?',
      'What is saved and spent?',
    ])
    const tops = widgets.filter(({ properties }) => properties.markdown?.startsWith('##')).map(({ y }) => y)
    assert.deepEqual(
      tops,
      [...tops].sort((a, b) => a - b),
    )
  })

  test('marks the target of the hit ratio', () => {
    const { properties } = titled('True hit ratio')
    assert.deepEqual(
      properties.annotations?.horizontal.map(({ value, label }) => ({ value, label })),
      [{ value: 90, label: 'target 90 %' }],
    )
  })

  test('marks where the alarms of failed and of forbidden answers start', () => {
    const { properties } = titled('Refused and failed')
    assert.deepEqual(
      properties.annotations?.horizontal.map(({ value, label }) => ({ value, label })),
      [
        { value: 1, label: 'alarm of 5xx' },
        { value: 5, label: 'alarm of 403' },
      ],
    )
    assert.ok(widgets.some(({ properties: { markdown } }) => markdown?.includes('403 below 5 %')))
  })

  test('weighs the hit ratio of the time shown by requests', () => {
    assert.deepEqual(readExpressions(titled('True hit ratio')), [
      'TIME_SERIES(SUM(hits * requests) / SUM(requests))',
    ])
  })

  for (const statistic of ['p50', 'p95', 'p99']) {
    test(`shows ${statistic} of the origin, and of the transformer by format`, () => {
      const origin = readMetrics(titled('Time to the first byte of what is not in the cache'))
      assert.ok(origin.some((metric) => metric.statistic === statistic))
      const [byFormat] = readMetrics(titled(`Time by format, ${statistic}`))
      assert.deepEqual(byFormat?.dimensions, { service: token, format: '*' })
      assert.deepEqual([byFormat?.metricName, byFormat?.statistic], ['Duration', statistic])
    })
  }

  test("shows concurrency against the account's quota", () => {
    const graph = titled('Concurrency against the limit')
    assert.ok(readExpressions(graph).includes('SERVICE_QUOTA(running)'))
  })

  test('shows concurrency against what is reserved', () => {
    const graph = readWidgets(deployments['with everything, elsewhere']).find(
      ({ properties }) => properties.title === 'Concurrency against the limit',
    )
    assert.deepEqual(
      graph?.properties.annotations?.horizontal.map(({ value }) => value),
      [200, 120],
    )
    assert.deepEqual(graph && readExpressions(graph), [])
  })

  test('estimates the cost of each part that is paid by use, at the table’s prices', () => {
    const costs = readExpressions(titled('Estimated cost by the hour'))
    const factors = costs.map((expression) => Number(/[\d.]+$/.exec(expression)?.[0]))
    const table = (
      ['edgeBytes', 'edgeRequests', 'edgeRuns', 'originShield', 'runTime', 'runs', 'reads'] as const
    ).map((name) => prices[name].dollars / prices[name].per)
    assert.equal(factors.length, table.length)
    factors.forEach((factor, at) => {
      const price = table[at] ?? 0
      assert.ok(Math.abs(factor - price) <= price * 1e-9, `${costs[at]} is at ${price}`)
    })
  })

  test('says when prices were read and which are not confirmed', () => {
    const text = widgets.at(-1)?.properties.markdown ?? ''
    assert.match(text, /Prices of 2026-11/)
    assert.match(text, /\| GETs of originals \| \$0.0004 \/ 1,000 \| no \|/)
    assert.match(text, /\| HTTPS requests \| \$0.01 \/ 10,000 \| yes \|/)
  })

  test('shows Core Web Vitals where pages report them, at the 75th percentile', () => {
    const shown = readWidgets(deployments['with everything, elsewhere']).flatMap(readMetrics)
    const vitals = shown.filter(({ namespace }) => namespace === 'AWS/RUM')
    assert.deepEqual(
      vitals.map(({ metricName, statistic }) => `${metricName} ${statistic}`),
      [
        'WebVitalsLargestContentfulPaint p75',
        'WebVitalsInteractionToNextPaint p75',
        'WebVitalsCumulativeLayoutShift p75',
      ],
    )
    assert.ok(!widgets.flatMap(readMetrics).some(({ namespace }) => namespace === 'AWS/RUM'))
  })

  test('shows each edge function apart', () => {
    const runs = readWidgets(deployments['with everything, elsewhere']).find(
      ({ properties }) => properties.title === 'Runs',
    )
    const names = (runs ? readMetrics(runs) : []).map(({ dimensions }) => dimensions.FunctionName)
    assert.equal(new Set(names).size, 1 + Object.keys(fullSettings.cloudFrontSigned).length)
  })

  test('is left out where it is not wanted', () => {
    const settings = defineSettings({ monitoring: { dashboard: false } })
    synthesize({ settings }).resourceCountIs('AWS::CloudWatch::Dashboard', 0)
  })
})

for (const [where, template] of Object.entries(deployments)) {
  suite(`each metric on the dashboard of a deployment ${where}`, () => {
    const widgets = readWidgets(template)
    const graphs = widgets.filter(({ type }) => type === 'metric')

    test('is one that its publisher documents, with these dimensions and statistics', () => {
      const asked = graphs.flatMap(readMetrics)
      assert.ok(asked.length > 30, `${asked.length} metrics seen`)
      for (const metric of asked) expectKnown(metric)
    })

    test('has a name for every dimension', () => {
      for (const { metricName, dimensions } of graphs.flatMap(readMetrics)) {
        for (const [name, value] of Object.entries(dimensions)) {
          assert.ok(value !== '' && value !== 'undefined', `${name} of ${metricName}`)
          if (name === 'DistributionId' || name === 'BucketName') assert.equal(value, token)
        }
      }
    })

    test('is in the region of its graph, so that no arithmetic crosses regions', () => {
      for (const graph of graphs) {
        for (const { metricName, region = graph.properties.region } of readMetrics(graph)) {
          assert.equal(region, graph.properties.region, `${metricName} in ${graph.properties.title}`)
        }
      }
    })

    test('is in us-east-1, as Global, where it is of CloudFront', () => {
      const edge = graphs.flatMap(readMetrics).filter(({ namespace }) => namespace === 'AWS/CloudFront')
      assert.ok(edge.length > 15)
      for (const { region, dimensions } of edge) {
        assert.deepEqual([region, dimensions.Region], ['us-east-1', 'Global'])
      }
    })

    test('is shown once only in its place: no widget covers another', () => {
      for (const [at, a] of widgets.entries()) {
        for (const b of widgets.slice(at + 1)) {
          const apart =
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
          assert.ok(apart, `${a.properties.title} and ${b.properties.title}`)
        }
      }
    })
  })
}

function expectKnown({ namespace, metricName, dimensions, statistic }: AskedMetric): void {
  const names = Object.keys(dimensions)
  const known = knownMetrics[namespace]?.[names.length > 0 ? metricName : `${metricName} of the account`]
  assert.ok(known, `${namespace} ${metricName}`)
  assert.deepEqual(names, known.dimensions, metricName)
  const kind = statistic.replace(/^p\d+$/, 'pNN')
  assert.ok(known.statistics.includes(kind), `${statistic} of ${metricName}`)
}
