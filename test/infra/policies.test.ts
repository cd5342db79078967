import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { listStacks } from './stand-in.ts'
import { variants } from './variants.ts'

interface Statement {
  Effect: string
  Action: string | string[]
  Resource?: unknown
  Principal?: unknown
}

/** Actions that take no resource in a policy, by their services' pages in the service authorization reference. */
const withoutResource = new Set(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])

/** Every statement of every policy in a template, wherever it stands. */
function listStatements(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return []
  const { Statement: own } = value as { Statement?: unknown }
  return [...(Array.isArray(own) ? own : []), ...Object.values(value).flatMap(listStatements)]
}

suite('policies', () => {
  for (const [kind, settings] of Object.entries(variants)) {
    const statements = listStacks({ settings }).flatMap(({ template }) => listStatements(template))
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow')

    test(`of what is ${kind} are there`, () => assert.ok(allowed.length >= 4, `${allowed.length} statements`))

    test(`of what is ${kind} allow no action by wildcard`, () => {
      const actions = allowed.flatMap(({ Action }) => Action)
      assert.deepEqual(
        actions.filter((action) => !/^[a-z0-9-]+:[A-Za-z]+$/.test(action)),
        [],
      )
    })

    test(`of what is ${kind} allow nothing on every resource, but what takes none`, () => {
      const everywhere = allowed.filter(({ Resource }) => [Resource].flat().includes('*'))
      assert.deepEqual(
        everywhere.flatMap(({ Action }) => Action).filter((action) => !withoutResource.has(action)),
        [],
      )
    })

    test(`of what is ${kind} allow nothing to everyone`, () => {
      const everyone = allowed.filter(({ Principal }) => /"\*"/.test(JSON.stringify(Principal ?? '')))
      assert.deepEqual(everyone, [])
    })
  }
})
