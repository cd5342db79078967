import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Stack, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, type IApplyRule } from 'cdk-nag'
import { defineSettings } from '../../infra/settings.ts'
import { fullSettings } from './full-settings.ts'
import { createStack, listStacks } from './stand-in.ts'

/** The AwsSolutions rules, which also keep what they found before acknowledgements were taken off. */
class RecordingChecks extends AwsSolutionsChecks {
  readonly found = new Set<string>()
  applied = 0

  protected override applyRule(params: IApplyRule): void {
    super.applyRule({
      ...params,
      rule: (node) => {
        const result = params.rule(node)
        this.applied++
        const rule = `AwsSolutions-${params.ruleSuffixOverride}`
        if (Array.isArray(result)) for (const finding of result) this.found.add(`${rule}[${finding}]`)
        else if (result === 'Non-Compliant') this.found.add(rule)
        return result
      },
    })
  }
}

/** The rules that `stack` acknowledges, anywhere. */
function listAcknowledged(stack: Stack): string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data))
    .map((id) => id.replace(/^Annotation::/, ''))
}

suite('AwsSolutions rules', () => {
  for (const [kind, settings] of Object.entries({
    buffered: defineSettings(),
    streaming: defineSettings({ compute: { invokeMode: 'stream' } }),
    'fully set': fullSettings,
    unwatched: defineSettings({ monitoring: { alarms: false, dashboard: false, accessLogs: false } }),
  })) {
    test(`find nothing in a ${kind} stack that is not acknowledged`, () => {
      let applied = 0
      for (const stack of listStacks(createStack({ settings }))) {
        const checks = new RecordingChecks(stack)
        const { violations } = checks.validateScope(stack)
        const findings = violations.flatMap(({ ruleName, description, violatingResources }) =>
          violatingResources.map(({ constructPath }) => `${constructPath}: ${ruleName}: ${description}`),
        )
        assert.deepEqual(findings, [])
        assert.deepEqual(listAcknowledged(stack).sort(), [...checks.found].sort(), 'acknowledged and found')
        applied += checks.applied
      }
      assert.ok(applied > 1000, `${applied} rules applied`)
    })
  }
})
