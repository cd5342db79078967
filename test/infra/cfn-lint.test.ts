import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { Template } from 'aws-cdk-lib/assertions'
import { defineSettings } from '../../infra/settings.ts'
import { root } from '../project-files.ts'
import { requirement } from '../requirements.ts'
import { fullSettings } from './full-settings.ts'
import { createStack, listStacks, makeFolder, synthesize } from './stand-in.ts'

/** Runs cfn-lint over `template`, letting pass what .cfnlintrc.yaml does; a warning is a failure too. */
function lint(template: object): { status: number | null; output: string } {
  const file = join(makeFolder(), 'template.json')
  writeFileSync(file, JSON.stringify(template, null, 1))
  const { status, stdout, stderr } = spawnSync(
    'cfn-lint',
    ['--config-file', join(root, '.cfnlintrc.yaml'), '--format', 'parseable', '--template', file],
    { encoding: 'utf8' },
  )
  return { status, output: stdout + stderr }
}

const found = spawnSync('cfn-lint', ['--version']).error === undefined

suite('cfn-lint', requirement('cfn-lint', found), () => {
  for (const [kind, settings] of Object.entries({
    buffered: defineSettings(),
    streaming: defineSettings({ compute: { invokeMode: 'stream' } }),
    'fully set': fullSettings,
    unwatched: defineSettings({ monitoring: { alarms: false, dashboard: false, accessLogs: false } }),
  })) {
    test(`finds nothing in the templates of a ${kind} stack`, () => {
      for (const stack of listStacks(createStack({ settings }))) {
        const template = Template.fromStack(stack).toJSON()
        assert.deepEqual(lint(template), { status: 0, output: '' }, stack.node.id)
      }
    })
  }

  test('finds what is wrong in a template', () => {
    const template = synthesize().toJSON()
    template.Resources.Wrong = { Type: 'AWS::S3::Bucket', Properties: { BucketNme: 'x' } }
    const { status, output } = lint(template)
    assert.notEqual(status, 0)
    assert.match(output, /E3002.*BucketNme/)
  })
})
