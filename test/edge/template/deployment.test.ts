import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { assemblyFolder, stackName } from '../../../edge/project.ts'
import type { Behaviour, Deployment } from '../../../edge/template/deployment.ts'
import { readDeployment } from '../../../edge/template/read-deployment.ts'
import { readTemplate } from '../../../edge/template/template.ts'
import settings from '../../../fovea.config.ts'
import { formatSettings } from '../../../grammar/format-settings.ts'
import { cacheTagHeader } from '../../../infra/delivery.ts'
import { transformerEnvironment, viewerFunctionSettings } from '../../../infra/settings.ts'

suite('readDeployment of the synthesized template', () => {
  let deployment: Deployment
  let behaviour: Behaviour

  before(async () => {
    deployment = readDeployment(await readTemplate(assemblyFolder, stackName))
    const last = deployment.behaviours.at(-1)
    assert(last)
    behaviour = last
  })

  test('has the default behaviour last, for GET and HEAD', () => {
    assert.equal(behaviour.pathPattern, '*')
    assert.deepEqual(behaviour.allowedMethods, ['GET', 'HEAD'])
  })

  test('keeps answers 0 to 31536000 seconds, and 60 where they do not say', () => {
    const { minSeconds, defaultSeconds, maxSeconds } = behaviour.cachePolicy
    assert.deepEqual([minSeconds, defaultSeconds, maxSeconds], [0, 60, 365 * 24 * 3600])
  })

  test('keeps our own errors one second', () => {
    const expected = [500, 502, 503, 504].map((status) => [status, 1])
    assert.deepEqual([...deployment.errorCachingMinSeconds], expected)
  })

  test('reads cache tags from the header that the distribution names', () => {
    assert.equal(deployment.cacheTagHeader, cacheTagHeader)
  })

  test('adds the device headers toward the viewer function', () => {
    assert.deepEqual(behaviour.originHeaders, [
      'cloudfront-is-mobile-viewer',
      'cloudfront-is-tablet-viewer',
      'cloudfront-is-desktop-viewer',
    ])
  })

  test('writes the response headers of the policy, each over the origin’s', () => {
    const written = new Map(behaviour.responseHeaders.map(({ name, value }) => [name, value]))
    assert.equal(written.size, 6)
    assert.equal(written.get('x-content-type-options'), 'nosniff')
    assert.equal(written.get('strict-transport-security'), 'max-age=31536000')
    assert.match(written.get('content-security-policy') ?? '', /^default-src 'none';.* sandbox$/)
    assert.equal(written.get('cross-origin-resource-policy'), 'cross-origin')
    assert.equal(written.get('timing-allow-origin'), '*')
    assert.match(written.get('accept-ch') ?? '', /Sec-CH-DPR/)
    assert(behaviour.responseHeaders.every(({ override }) => override))
  })

  test('runs the viewer function with the settings compiled in, and its store', () => {
    const { viewerFunction } = behaviour
    assert(viewerFunction)
    const compiled = formatSettings(viewerFunctionSettings(settings))
    assert(viewerFunction.code.includes(`=${compiled}`))
    assert.deepEqual(deployment.keyValueStores, [viewerFunction.keyValueStore])
  })

  test('asks the origin once, signed, and outwaits the Lambda and its cold start', () => {
    const { origin } = behaviour
    assert.equal(origin.connectionAttempts, 1)
    assert.equal(origin.signed, true)
    assert.equal(origin.readTimeoutSeconds, settings.compute.timeoutSeconds + 15)
    assert.equal(origin.functionId, deployment.functions[0]?.logicalId)
  })

  test('has one Lambda, with the settings’ memory, time and environment', () => {
    assert.equal(deployment.functions.length, 1)
    const [lambda] = deployment.functions
    assert(lambda)
    assert.equal(lambda.handler, 'index.handler')
    assert.equal(lambda.memoryMegabytes, settings.compute.memoryMegabytes)
    assert.equal(lambda.timeoutSeconds, settings.compute.timeoutSeconds)
    assert.equal(lambda.streams, false)
    assert.equal(lambda.reservedConcurrency, undefined)
    const { IMAGE_BUCKET, FOVEA_FINGERPRINT, ...environment } = lambda.environment
    assert.equal(IMAGE_BUCKET, 'fovea-originals')
    assert.match(FOVEA_FINGERPRINT ?? '', /^[\da-f]{64}$/)
    for (const [name, value] of Object.entries(transformerEnvironment(settings))) {
      assert.equal(environment[name], value, name)
    }
    assert(existsSync(join(lambda.folder, 'index.js')), lambda.folder)
  })
})
