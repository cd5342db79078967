import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { root } from '../project-files.ts'
import { requirement } from '../requirements.ts'
import { listStacks, makeFolder, synthesize } from './stand-in.ts'
import { variants } from './variants.ts'

/** Runs cfn-lint over a template of `region`, letting pass what .cfnlintrc.yaml does; a warning is a failure too. */
function lint(template: object, region = 'us-east-1'): { status: number | null; output: string } {
  const file = join(makeFolder(), 'template.json')
  writeFileSync(file, JSON.stringify(template, null, 1))
  const { status, stdout, stderr } = spawnSync(
    'cfn-lint',
    [
      '--config-file',
      join(root, '.cfnlintrc.yaml'),
      '--format',
      'parseable',
      '--regions',
      region,
      '--template',
      file,
    ],
    { encoding: 'utf8' },
  )
  return { status, output: stdout + stderr }
}

const found = spawnSync('cfn-lint', ['--version']).error === undefined

suite('cfn-lint', requirement('cfn-lint', found), () => {
  for (const [kind, settings] of Object.entries(variants)) {
    test(`finds nothing in the templates of what is ${kind}`, () => {
      for (const { region, template } of listStacks({ settings })) {
        assert.deepEqual(lint(template, region), { status: 0, output: '' })
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
