import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { App } from 'aws-cdk-lib'
import { readDeployment } from '../../../edge/template/read-deployment.ts'
import { readTemplate } from '../../../edge/template/template.ts'
import { createStack, makeFolder } from '../../infra/stand-in.ts'
import { variants } from '../../infra/variants.ts'

suite('readDeployment', () => {
  for (const [kind, settings] of Object.entries(variants)) {
    test(`reads the template of what is ${kind}`, async () => {
      const outdir = makeFolder()
      ;(createStack({ settings, outdir }).node.root as App).synth()
      const deployment = readDeployment(await readTemplate(outdir, 'Fovea'))
      assert.ok(deployment.behaviours.length >= 1)
      const [lambda, ...others] = deployment.functions
      assert.equal(others.length, settings.secondRegion ? 1 : 0)
      assert.equal(lambda?.memoryMegabytes, settings.compute.memoryMegabytes)
      assert.equal(lambda?.streams, settings.compute.invokeMode === 'stream')
      assert.equal(lambda?.reservedConcurrency, settings.compute.reservedConcurrency)
      for (const { origin, viewerFunction } of deployment.behaviours) {
        assert.equal(origin.functionId, lambda?.logicalId)
        assert.equal(origin.signed, true)
        assert.equal(origin.failover?.origin.functionId, others[0]?.logicalId)
        assert.ok(viewerFunction?.keyValueStore)
      }
    })
  }
})
