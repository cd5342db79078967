import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront'
import { createInvalidationApi } from '../../../edge/control-plane/invalidation-api.ts'

const credentials = { accessKeyId: 'LOCAL', secretAccessKey: 'of no use elsewhere' }
let taken: (readonly string[])[] = []
let aheadMs = 0
const api = createInvalidationApi({
  distributionId: 'Distribution1',
  invalidate(items) {
    if (items.includes('bad')) throw new Error('expected a path')
    taken.push(items)
  },
  credentials,
  now: () => Date.now() + aheadMs,
})
let endpoint = ''

before(async () => {
  endpoint = await api.listen()
})
beforeEach(() => {
  taken = []
  // What was in progress is completed.
  aheadMs += 60_000
})
after(() => api.close())

const open = (given = credentials) =>
  new CloudFrontClient({ region: 'us-east-1', endpoint, credentials: given, maxAttempts: 1 })

const create = (
  Items: string[],
  CallerReference: string = crypto.randomUUID(),
  DistributionId = 'Distribution1',
  by = open(),
) =>
  by.send(
    new CreateInvalidationCommand({
      DistributionId,
      InvalidationBatch: { CallerReference, Paths: { Quantity: Items.length, Items } },
    }),
  )

suite("CreateInvalidation, to AWS's own client", () => {
  test('takes tags and paths, and tells what it took', async () => {
    const { Invalidation, Location, $metadata } = await create(['#o-1', '/a&b.jpg*'], 'ref')
    assert.equal($metadata.httpStatusCode, 201)
    assert.match(Invalidation?.Id ?? '', /^I[A-Z0-9]{13}$/)
    assert.ok(Location?.endsWith(`/distribution/Distribution1/invalidation/${Invalidation?.Id}`))
    assert.equal(Invalidation?.Status, 'InProgress')
    assert.ok(Invalidation?.CreateTime instanceof Date)
    assert.deepEqual(Invalidation?.InvalidationBatch, {
      Paths: { Quantity: 2, Items: ['#o-1', '/a&b.jpg*'] },
      CallerReference: 'ref',
    })
    assert.deepEqual(taken, [['#o-1', '/a&b.jpg*']])
  })

  test('takes a caller reference once', async () => {
    const first = await create(['#o-1'], 'same')
    const second = await create(['#o-1'], 'same')
    assert.equal(second.Invalidation?.Id, first.Invalidation?.Id)
    assert.equal(taken.length, 1)
    await assert.rejects(create(['#o-2'], 'same'), { name: 'InvalidationBatchAlreadyExists' })
  })

  test('has 3,000 items in progress at most', async () => {
    const items = (count: number) => Array.from({ length: count }, (_, index) => `#o-${index}`)
    await create(items(2999))
    await assert.rejects(create(items(2)), { name: 'TooManyInvalidationsInProgress' })
    await create(items(1))
    aheadMs += 26_000
    await create(items(3000))
    assert.deepEqual(
      taken.map(({ length }) => length),
      [2999, 1, 3000],
    )
  })

  test('refuses what CloudFront would', async () => {
    await assert.rejects(create(['#o-1'], 'x', 'Other'), { name: 'NoSuchDistribution' })
    await assert.rejects(create(['bad']), { name: 'InvalidArgument' })
    const stranger = open({ ...credentials, secretAccessKey: 'another' })
    await assert.rejects(create(['#o-1'], 'y', 'Distribution1', stranger), { name: 'SignatureDoesNotMatch' })
    assert.deepEqual(taken, [])
  })
})
