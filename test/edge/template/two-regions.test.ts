import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import type { App } from 'aws-cdk-lib'
import type { Deployment } from '../../../edge/template/deployment.ts'
import { readDeployment } from '../../../edge/template/read-deployment.ts'
import { readTemplate } from '../../../edge/template/template.ts'
import { defineSettings } from '../../../infra/settings.ts'
import { createStack, makeFolder } from '../../infra/stand-in.ts'

const settings = defineSettings({
  region: 'eu-central-1',
  secondRegion: { region: 'eu-west-1', maxAgeSeconds: 60 },
  protection: { waf: {} },
})

/** A cloud assembly of both regions, one of its templates changed as text. */
function synthesizeWith(stack: string, change: (template: string) => string): string {
  const outdir = mkdtempSync(join(makeFolder(), 'assembly-'))
  ;(createStack({ settings, outdir }).node.root as App).synth()
  const file = join(outdir, `${stack}.template.json`)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
  return outdir
}

const read = async (assembly: string): Promise<Deployment> =>
  readDeployment(await readTemplate(assembly, 'Fovea'))

suite('a template of two regions', () => {
  let deployment: Deployment
  before(async () => {
    deployment = await read(synthesizeWith('Fovea', (template) => template))
  })

  test('has a function in either stack, each with its bucket', () => {
    assert.deepEqual(
      deployment.functions.map(({ stack, environment }) => [
        stack,
        environment.IMAGE_BUCKET,
        environment.FOVEA_MAX_AGE_SECONDS,
      ]),
      [
        ['Fovea', 'fovea-originals', undefined],
        ['FoveaSecondRegion', 'fovea-replica', '60'],
      ],
    )
  })

  test('has the second asked where the first fails, by every behaviour', () => {
    const [first, second] = deployment.functions
    assert.ok(deployment.behaviours.length >= 2)
    for (const { origin } of deployment.behaviours) {
      assert.equal(origin.functionId, first?.logicalId)
      const { failover, ...alone } = origin
      assert.deepEqual(failover, {
        origin: { ...alone, functionId: second?.logicalId },
        statuses: [429, 500, 502, 503, 504],
      })
      assert.deepEqual(
        [origin.connectionAttempts, origin.connectionTimeoutSeconds, origin.signed],
        [1, 2, true],
      )
    }
  })

  test('is refused where origins are selected otherwise', async () => {
    const assembly = synthesizeWith('Fovea', (template) =>
      template.replace(
        '"FailoverCriteria":',
        '"SelectionCriteria": "media-quality-based", "FailoverCriteria":',
      ),
    )
    await assert.rejects(read(assembly), {
      message: /originGroup\.SelectionCriteria: the local edge does not play it/,
    })
  })

  test('is refused where no stack exports what it reads', async () => {
    const assembly = synthesizeWith('FoveaSecondRegion', (template) =>
      template.replaceAll('Custom::CrossRegionExportWriter', 'Custom::Other'),
    )
    await assert.rejects(read(assembly), {
      message:
        /expected a reference that means something here but received ExportsReader\w+\.\/cdk\/exports\/Fovea\/FoveaSecondRegion/,
    })
  })

  test('is refused where there is no such stack', async () => {
    const assembly = synthesizeWith('Fovea', (template) => template)
    await assert.rejects(readTemplate(assembly, 'Other'), {
      message: /expected a stack Other in .* but found none/,
    })
  })
})
