import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Template } from 'aws-cdk-lib/assertions'
import { edgeErrors } from '../../../grammar/edge-errors.ts'
import { originErrors } from '../../../grammar/origin-errors.ts'
import { alarmTable, otherPages } from '../../../infra/monitoring/alarm-table.ts'
import { listSavedQueries } from '../../../infra/monitoring/saved-queries.ts'
import type { Settings } from '../../../infra/settings.ts'
import { readText } from '../../project-files.ts'
import { fullSettings } from '../full-settings.ts'
import { createStack, listStacks } from '../stand-in.ts'

const page = readText('docs/operations.md')

/** The text under a heading of the third level, up to the next heading. */
function readPage(name: string): string | undefined {
  const [, text] = new RegExp(`^### ${name}\n([\\s\\S]*?)(?=^##)`, 'm').exec(page) ?? []
  return text
}

/** The descriptions of all alarms of all stacks of a deployment. */
function describeAlarms(settings?: Settings): string[] {
  return listStacks({ settings }).flatMap(({ template }) =>
    Object.values(Template.fromJSON(template).findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties.AlarmDescription,
    ),
  )
}

suite('docs/operations.md', () => {
  for (const name of [...Object.keys(alarmTable), ...otherPages]) {
    test(`has a page for ${name}, that says what it means, and what to look at and to do`, () => {
      const text = readPage(name)
      assert.ok(text, `a heading ### ${name}`)
      for (const part of ['Means', 'Look at', 'Do', 'Usual causes']) {
        assert.ok(text.includes(`**${part}.**`), part)
      }
    })
  }

  test('is where each alarm says that its page is', () => {
    const descriptions = describeAlarms()
    assert.equal(descriptions.length, 12)
    for (const description of descriptions) {
      const [, name = ''] = /What to do: docs\/operations\.md#([a-z-]+)$/.exec(description) ?? []
      assert.ok(readPage(name), description)
    }
  })

  test("is somewhere else where the settings' runbook says so", () => {
    const descriptions = describeAlarms(fullSettings)
    assert.equal(descriptions.length, 12)
    for (const description of descriptions)
      assert.ok(description.includes(`${fullSettings.monitoring.runbook}#`))
  })

  test('has links to its own headings that lead somewhere', () => {
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    )
    const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor)
    assert.ok(links.length >= 10)
    for (const link of links) assert.ok(anchors.includes(link), link)
  })

  test('says what to do for every code of 403 that there is', () => {
    const codes = Object.entries({ ...edgeErrors, ...originErrors })
      .filter(([, { status }]) => status === 403)
      .map(([code]) => code)
    assert.ok(codes.length >= 10)
    for (const code of codes) assert.ok(readPage('forbidden')?.includes(`\`${code}\``), code)
  })

  test('explains every saved query', () => {
    for (const { name } of listSavedQueries(1024)) assert.ok(page.includes(`| _${name}_ |`), name)
  })

  test('names no query that there is not', () => {
    const names = listSavedQueries(1024).map(({ name }) => name)
    const named = [...(page.split('## Alarms')[1] ?? '').matchAll(/\b_([a-z][^_\n]*)_/g)].map(
      ([, name = '']) => name,
    )
    assert.ok(named.length > 10)
    for (const name of named) assert.ok(names.includes(name), name)
  })

  test('counts the metrics that alarms are paid by', () => {
    const stack = createStack()
    const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'))
    const metrics = alarms.flatMap(({ Properties }) =>
      (Properties.Metrics ?? [{ MetricStat: true }]).filter(
        (each: { MetricStat?: unknown }) => each.MetricStat,
      ),
    )
    assert.ok(page.includes(`${metrics.length} metrics, $${(metrics.length * 0.1).toFixed(2)}`))
  })
})
