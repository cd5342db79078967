import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { App } from 'aws-cdk-lib'
import { Annotations, Match } from 'aws-cdk-lib/assertions'
import { root } from '../../infra/built-files.ts'
import { createStack, makeFolder, writeBuiltFiles, writePackages } from './stand-in.ts'

const REFUSAL = Match.stringLikeRegexp('run `npm run package` first')

/** Writes a cloud assembly as `tsx infra/app.ts` does, and lets the CDK's command line have it. */
function runCdk(
  command: readonly string[],
  options: { packaged: boolean },
): { status: number | null; output: string } {
  const builtFiles = writeBuiltFiles()
  if (options.packaged) writePackages(builtFiles)
  const outdir = makeFolder()
  const app = createStack({ builtFiles, outdir }).node.root
  assert.ok(app instanceof App)
  app.synth()
  const cdk = join(root, 'node_modules/.bin/cdk')
  const { status, stdout, stderr } = spawnSync(cdk, [...command, '--app', outdir], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}

suite('an unpackaged asset', () => {
  test('is an error at the transformer', () => {
    Annotations.fromStack(createStack()).hasError('/Fovea/Pipeline/Transformer', REFUSAL)
  })

  test('still synthesizes', () => {
    const { pipeline } = createStack()
    assert.equal(pipeline.packaged, false)
  })

  for (const command of [
    ['synth', '--quiet'],
    ['deploy', '--require-approval', 'never'],
  ]) {
    test(`stops cdk ${command[0]}`, () => {
      const { status, output } = runCdk(command, { packaged: false })
      assert.match(output, /run `npm run package` first/)
      assert.equal(status, 1)
    })
  }
})

suite('a packaged asset', () => {
  test('is no error, and nothing else is an error or a warning', () => {
    const builtFiles = writeBuiltFiles()
    writePackages(builtFiles)
    const stack = createStack({ builtFiles })
    assert.equal(stack.pipeline.packaged, true)
    const annotations = Annotations.fromStack(stack)
    annotations.hasNoError('*', Match.anyValue())
    annotations.hasNoWarning('*', Match.anyValue())
  })

  test('lets cdk synth pass', () => {
    const { status, output } = runCdk(['synth', '--quiet'], { packaged: true })
    assert.doesNotMatch(output, /npm run package/)
    assert.equal(status, 0)
  })
})

suite('npm run package', () => {
  test('says to build first when there is no bundle', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(root, 'infra/package-lambda.ts'), makeFolder()],
      { cwd: root, encoding: 'utf8' },
    )
    assert.match(stderr, /holds no index.js: run `npm run build` first/)
    assert.equal(status, 1)
  })
})
