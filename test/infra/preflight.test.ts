import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { createAccount, type LambdaAccount } from '../../infra/lambda-account.ts'
import { checkAccount } from '../../infra/preflight.ts'
import { defineSettings, type GivenSettings } from '../../infra/settings.ts'

/** An account in words. */
function fakeAccount(
  total: number,
  unreserved: number,
  reserved: Record<string, number> = {},
): LambdaAccount {
  return {
    readLimits: async () => ({ total, unreserved }),
    readReserved: async (name) => reserved[name] ?? 0,
  }
}

function check(compute: GivenSettings['compute'], account: LambdaAccount, functionName?: string) {
  return checkAccount(defineSettings({ compute, region: 'eu-west-1' }), account, functionName)
}

suite('checkAccount', () => {
  test('finds nothing in an ordinary account', async () => {
    const account = fakeAccount(1000, 1000)
    for (const compute of [{}, { reservedConcurrency: 900 }, { provisionedConcurrency: 900 }]) {
      assert.deepEqual(await check(compute, account), { failures: [], warnings: [] })
    }
  })

  test('says that a new account has nothing to reserve, and what to do', async () => {
    const { failures, warnings } = await check({ reservedConcurrency: 5 }, fakeAccount(10, 10))
    assert.equal(failures.length, 1)
    assert.match(
      failures[0] ?? '',
      /may run 10 Lambdas at a time in eu-west-1.*compute.reservedConcurrency asks for 5, at most 0 can be had; ask for more .*L-B99A9384.* or leave it out/,
    )
    assert.match(warnings[0] ?? '', /answered 429/)
  })

  test('lets a new account deploy what reserves nothing, with a warning', async () => {
    const { failures, warnings } = await check({}, fakeAccount(10, 10))
    assert.deepEqual([failures.length, warnings.length], [0, 1])
  })

  test('keeps the hundred that Lambda keeps', async () => {
    const account = fakeAccount(1000, 300)
    assert.equal((await check({ reservedConcurrency: 200 }, account)).failures.length, 0)
    assert.match(
      (await check({ reservedConcurrency: 201 }, account)).failures[0] ?? '',
      /at most 200 can be had/,
    )
    assert.match(
      (await check({ provisionedConcurrency: 201 }, account)).failures[0] ?? '',
      /compute.provisionedConcurrency asks for 201/,
    )
  })

  test('takes what is provisioned from what is reserved', async () => {
    const compute = { reservedConcurrency: 200, provisionedConcurrency: 200 }
    assert.deepEqual((await check(compute, fakeAccount(1000, 300))).failures, [])
  })

  test('counts what is reserved for the function itself', async () => {
    const account = fakeAccount(1000, 150, { transformer: 200 })
    assert.equal((await check({ reservedConcurrency: 250 }, account)).failures.length, 1)
    assert.equal((await check({ reservedConcurrency: 250 }, account, 'transformer')).failures.length, 0)
  })
})

suite('the account of the credentials in force', () => {
  const answers: Record<string, { status: number; body: object; error?: string }> = {
    '/2016-08-19/account-settings': {
      status: 200,
      body: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 640 } },
    },
    '/2019-09-30/functions/there/concurrency': { status: 200, body: { ReservedConcurrentExecutions: 30 } },
    '/2019-09-30/functions/unreserved/concurrency': { status: 200, body: {} },
    '/2019-09-30/functions/gone/concurrency': {
      status: 404,
      body: { Message: 'Function not found' },
      error: 'ResourceNotFoundException',
    },
  }
  const server = createServer(({ url = '' }, response) => {
    const path = url.replace(/\/$/, '')
    const { status, body, error } = answers[path] ?? {
      status: 403,
      body: { Message: `no access to ${path}` },
      error: 'AccessDeniedException',
    }
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(error && { 'x-amzn-errortype': error }),
    })
    response.end(JSON.stringify(body))
  })
  let account: LambdaAccount

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    account = createAccount('eu-west-1', {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      maxAttempts: 1,
    })
  })

  after(() => server.close())

  test('says how many runs there are', async () => {
    assert.deepEqual(await account.readLimits(), { total: 1000, unreserved: 640 })
  })

  for (const [name, reserved] of [
    ['there', 30],
    ['unreserved', 0],
    ['gone', 0],
  ] as const) {
    test(`says that ${reserved} are reserved for a function that is ${name}`, async () => {
      assert.equal(await account.readReserved(name), reserved)
    })
  }

  test('passes on that it may not be asked', async () => {
    await assert.rejects(account.readReserved('secret'), { name: 'AccessDeniedException' })
  })
})
