import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, type IApplyRule } from 'cdk-nag'
import type { IConstruct } from 'constructs'
import { createStack } from './stand-in.ts'
import { variants } from './variants.ts'

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

/** The rules that `app` acknowledges, anywhere. */
function listAcknowledged(app: IConstruct): string[] {
  return app.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data))
    .map((id) => id.replace(/^Annotation::/, ''))
}

suite('AwsSolutions rules', () => {
  for (const [kind, settings] of Object.entries(variants)) {
    test(`find nothing in what is ${kind} that is not acknowledged`, () => {
      // With the stack of what must be in us-east-1.
      const app = createStack({ settings }).node.root
      const checks = new RecordingChecks(app)
      const { violations } = checks.validateScope(app)
      const findings = violations.flatMap(({ ruleName, description, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${constructPath}: ${ruleName}: ${description}`),
      )
      assert.deepEqual(findings, [])
      assert.ok(checks.applied > 1000, `${checks.applied} rules applied`)
      // The same may be found in both regions.
      const acknowledged = [...new Set(listAcknowledged(app))]
      assert.deepEqual(acknowledged.sort(), [...checks.found].sort(), 'acknowledged and found')
    })
  }
})
