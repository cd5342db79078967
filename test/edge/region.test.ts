import assert from 'node:assert/strict'
import { afterEach, suite, test } from 'node:test'
import { createOriginClient } from '../../edge/cloudfront/origin-client.ts'
import { type Region, startRegion } from '../../edge/region.ts'
import type { LambdaFunction } from '../../edge/template/deployment.ts'

const credentials = { accessKeyId: 'OAC', secretAccessKey: 'secret' }
const settings: LambdaFunction = {
  logicalId: 'f@There',
  stack: 'There',
  folder: '',
  handler: '',
  environment: {},
  memoryMegabytes: 128,
  timeoutSeconds: 1,
  streams: false,
}
const origin = {
  functionId: settings.logicalId,
  connectionAttempts: 1,
  connectionTimeoutSeconds: 10,
  readTimeoutSeconds: 10,
  signed: true,
}
let region: Region | undefined

afterEach(() => region?.stop())

/** A region of one function, which never answers where `answers` is false; how to ask it, and how its Lambdas fared. */
async function openRegion(answers = true) {
  const lambdas = { started: 0, closed: 0, invoked: 0 }
  const ports = new Map<string, number>()
  region = await startRegion({
    stack: 'There',
    functions: [settings],
    startLambda: () => {
      lambdas.started++
      return {
        invoke: async () => {
          lambdas.invoked++
          if (!answers) await new Promise(() => {})
          return { kind: 'answered', result: { statusCode: 200, body: 'here' } }
        },
        warm: () => {},
        close: () => lambdas.closed++,
      }
    },
    ports,
    credentials,
    now: Date.now,
  })
  const fetchOrigin = createOriginClient(ports, credentials, 'us-east-1', Date.now)
  const ask = async (readTimeoutSeconds = 10) => {
    const { status, failure } = await fetchOrigin(
      { ...origin, readTimeoutSeconds },
      { method: 'GET', url: '/', headers: {} },
    )
    return [status, failure]
  }
  return { region, lambdas, ask }
}

suite('a region', () => {
  test('answers, refuses connections while it is down, and answers again', async () => {
    const { region, lambdas, ask } = await openRegion()
    assert.deepEqual(await ask(), [200, undefined])
    await region.stop()
    assert.deepEqual(await ask(), [502, 'connection'])
    assert.deepEqual(lambdas, { started: 1, closed: 1, invoked: 1 })
    await region.start()
    assert.deepEqual(await ask(), [200, undefined])
    assert.equal(lambdas.started, 2)
  })

  test('that falls silent takes connections and answers none', async () => {
    const { region, lambdas, ask } = await openRegion()
    await region.stop('silent')
    assert.deepEqual(await ask(0.2), [504, 'time'])
    await region.stop()
    assert.deepEqual(await ask(), [502, 'connection'])
    await region.start()
    assert.deepEqual(await ask(), [200, undefined])
    assert.equal(lambdas.invoked, 1)
  })

  test('breaks off what is under way when it goes down', async () => {
    const { region, lambdas, ask } = await openRegion(false)
    const asking = ask()
    while (lambdas.invoked === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await region.stop()
    assert.deepEqual(await asking, [502, 'connection'])
  })

  test('is up once, however often it is started', async () => {
    const { region, lambdas } = await openRegion()
    await Promise.all([region.start(), region.start()])
    assert.equal(lambdas.started, 1)
  })
})
