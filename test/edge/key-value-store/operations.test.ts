import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { paginateListKeys } from '@aws-sdk/client-cloudfront-keyvaluestore'
import { closeStores, openStore } from './store-client.ts'

after(closeStores)

/** A key of every kind of character that a path has to encode. */
const oddKeys = ['sign.a', 'a b', 'a/b', '../a', '%2F', "'!()*", 'ä', '😀', '__proto__', '?a=b&c', '+']

suite('DescribeKeyValueStore', () => {
  test('tells an empty store from the start', async () => {
    const { client, access } = await openStore(() => Date.UTC(2026, 10, 23, 12))
    const told = await client.describeKeyValueStore({ KvsARN: access.arn })
    assert.match(
      access.arn,
      /^arn:aws:cloudfront::\d{12}:key-value-store\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    )
    assert.match(told.ETag ?? '', /^KV[A-Z0-9]{13}$/)
    assert.deepEqual(
      [told.ItemCount, told.TotalSizeInBytes, told.KvsARN, told.Status, told.Created?.toISOString()],
      [0, 0, access.arn, 'READY', '2026-11-23T12:00:00.000Z'],
    )
  })

  test('has the same ARN after another start, another for another store', async () => {
    const [one, other] = await Promise.all([openStore(), openStore()])
    assert.equal(one.access.arn, other.access.arn)
    one.running.stores.open(['Store', 'Second'])
    assert.equal(new Set(one.running.stores.arns()).size, 2)
  })
})

suite('PutKey', () => {
  for (const key of oddKeys) {
    test(`takes the key ${key}`, async () => {
      const { client, access, values, readEtag } = await openStore()
      const put = await client.putKey({ KvsARN: access.arn, Key: key, Value: 'ä', IfMatch: await readEtag() })
      assert.deepEqual([...values], [[key, 'ä']])
      assert.deepEqual([put.ItemCount, put.TotalSizeInBytes], [1, Buffer.byteLength(key) + 2])
      assert.equal((await client.getKey({ KvsARN: access.arn, Key: key })).Value, 'ä')
      await client.deleteKey({ KvsARN: access.arn, Key: key, IfMatch: put.ETag })
      assert.equal(values.size, 0)
    })
  }

  test('replaces a value and counts it once', async () => {
    const { client, access, readEtag } = await openStore()
    const first = await client.putKey({
      KvsARN: access.arn,
      Key: 'a',
      Value: 'long',
      IfMatch: await readEtag(),
    })
    const second = await client.putKey({ KvsARN: access.arn, Key: 'a', Value: 'b', IfMatch: first.ETag })
    assert.deepEqual([second.ItemCount, second.TotalSizeInBytes], [1, 2])
    assert.notEqual(second.ETag, first.ETag)
    assert.equal(await readEtag(), second.ETag)
  })

  const sizes: readonly (readonly [what: string, key: string, value: string, fits: boolean])[] = [
    ['a key of 512 bytes', 'ä'.repeat(256), 'x', true],
    ['a key of 513 bytes', `${'ä'.repeat(256)}a`, 'x', false],
    ['a value of 1,024 bytes', 'a', 'ä'.repeat(512), true],
    ['a value of 1,025 bytes', 'a', `${'ä'.repeat(512)}x`, false],
  ]
  for (const [what, key, value, fits] of sizes) {
    test(`${fits ? 'takes' : 'refuses'} ${what}`, async () => {
      const { client, access, values, readEtag } = await openStore()
      const put = client.putKey({ KvsARN: access.arn, Key: key, Value: value, IfMatch: await readEtag() })
      if (fits) await put
      else {
        await assert.rejects(put, (error: Error) => {
          assert.equal(error.name, 'ServiceQuotaExceededException')
          assert.ok(!error.message.includes(value.slice(0, 8)) || value.length < 8)
          return true
        })
      }
      assert.equal(values.size, fits ? 1 : 0)
    })
  }

  test('refuses what would make a store of more than 5 MB', async () => {
    const { client, access, values, readEtag } = await openStore()
    // Straight into the store: 5,000 requests would prove no more.
    for (let index = 0; index < 5119; index++) values.set(String(index).padStart(24, '0'), 'x'.repeat(1000))
    const put = async (length: number) =>
      client.putKey({ KvsARN: access.arn, Key: 'a', Value: 'x'.repeat(length), IfMatch: await readEtag() })
    await put(1023)
    await assert.rejects(put(1024), { name: 'ServiceQuotaExceededException' })
  })
})

suite('DeleteKey', () => {
  test('refuses a key that is not there', async () => {
    const { client, access, readEtag } = await openStore()
    const etag = await readEtag()
    await assert.rejects(client.deleteKey({ KvsARN: access.arn, Key: 'a', IfMatch: etag }), {
      name: 'ResourceNotFoundException',
    })
    assert.equal(await readEtag(), etag)
  })
})

suite('GetKey', () => {
  test('refuses a key that is not there', async () => {
    const { client, access } = await openStore()
    const name = 'ResourceNotFoundException'
    await assert.rejects(client.getKey({ KvsARN: access.arn, Key: 'a' }), { name })
  })
})

suite('UpdateKeys', () => {
  test('puts and deletes in one step', async () => {
    const { client, access, values, readEtag } = await openStore()
    values.set('old', '1')
    const Puts = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ]
    await client.updateKeys({
      KvsARN: access.arn,
      IfMatch: await readEtag(),
      Puts,
      Deletes: [{ Key: 'old' }],
    })
    assert.deepEqual([...values.keys()].sort(), ['a', 'b'])
  })

  const refused: readonly (readonly [what: string, puts: number, deletes: string[], name: string])[] = [
    ['51 keys', 51, [], 'ServiceQuotaExceededException'],
    ['one of its keys twice', 2, ['1'], 'ValidationException'],
    ['nothing to do', 0, [], 'ValidationException'],
    ['a key to delete that is not there', 2, ['none'], 'ResourceNotFoundException'],
  ]
  for (const [what, puts, deletes, name] of refused) {
    test(`does nothing at all with ${what}`, async () => {
      const { client, access, values, readEtag } = await openStore()
      const update = client.updateKeys({
        KvsARN: access.arn,
        IfMatch: await readEtag(),
        Puts: Array.from({ length: puts }, (_, index) => ({ Key: String(index), Value: 'x' })),
        Deletes: deletes.map((Key) => ({ Key })),
      })
      await assert.rejects(update, { name })
      assert.equal(values.size, 0)
    })
  }
})

suite('ListKeys', () => {
  test('pages by ten, and shows each key once where the store changes in between', async () => {
    const { client, access, values } = await openStore()
    for (let index = 10; index < 45; index++) values.set(`k${index}`, 'x')
    const pages: string[][] = []
    for await (const page of paginateListKeys({ client }, { KvsARN: access.arn })) {
      pages.push((page.Items ?? []).map(({ Key }) => Key ?? ''))
      values.delete('k10')
      values.set('k000', 'x')
    }
    assert.deepEqual(
      pages.map((page) => page.length),
      [10, 10, 10, 5],
    )
    assert.equal(new Set(pages.flat()).size, 35)
  })

  test('pages by MaxResults, up to fifty', async () => {
    const { client, access, values } = await openStore()
    for (let index = 0; index < 60; index++) values.set(String(index), 'x')
    for (const [MaxResults, length] of [
      [1, 1],
      [50, 50],
    ]) {
      assert.equal((await client.listKeys({ KvsARN: access.arn, MaxResults })).Items?.length, length)
    }
    for (const MaxResults of [0, 51, -1]) {
      const name = 'ValidationException'
      await assert.rejects(client.listKeys({ KvsARN: access.arn, MaxResults }), { name })
    }
    const NextToken = 'not a token'
    await assert.rejects(client.listKeys({ KvsARN: access.arn, NextToken }), { name: 'ValidationException' })
  })
})

suite('If-Match', () => {
  test('must be given', async () => {
    const { client, access } = await openStore()
    // The client leaves out an empty header.
    const put = client.putKey({ KvsARN: access.arn, Key: 'a', Value: 'x', IfMatch: '' })
    await assert.rejects(put, { name: 'ValidationException' })
  })

  test('must be the version that the store has now', async () => {
    const { client, access, values, readEtag } = await openStore()
    const KvsARN = access.arn
    const IfMatch = await readEtag()
    await client.putKey({ KvsARN, Key: 'a', Value: '1', IfMatch })
    const name = 'ConflictException'
    await assert.rejects(client.putKey({ KvsARN, Key: 'a', Value: '2', IfMatch }), { name })
    await assert.rejects(client.deleteKey({ KvsARN, Key: 'a', IfMatch }), { name })
    await assert.rejects(client.updateKeys({ KvsARN, IfMatch, Deletes: [{ Key: 'a' }] }), { name })
    assert.deepEqual([...values], [['a', '1']])
  })

  test('lets one of many writers through', async () => {
    const { client, access, values, readEtag } = await openStore()
    const IfMatch = await readEtag()
    const puts = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        client.putKey({ KvsARN: access.arn, Key: 'a', Value: String(index), IfMatch }),
      ),
    )
    assert.equal(puts.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal(
      puts.filter((put) => put.status === 'rejected' && put.reason.name === 'ConflictException').length,
      9,
    )
    assert.equal(values.size, 1)
  })
})

suite('a store that is not there', () => {
  test('is ResourceNotFoundException', async () => {
    const { client } = await openStore()
    const KvsARN = 'arn:aws:cloudfront::000000000000:key-value-store/00000000-0000-0000-0000-000000000000'
    const name = 'ResourceNotFoundException'
    await assert.rejects(client.describeKeyValueStore({ KvsARN }), { name })
    await assert.rejects(client.putKey({ KvsARN, Key: 'a', Value: 'x', IfMatch: 'KV' }), { name })
  })
})
