import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { setExplainToken } from '../../../signer/keys/explain-token.ts'
import type { KeyStore } from '../../../signer/keys/key-store.ts'
import { listKeys, newKey, retireKey } from '../../../signer/keys/signing-keys.ts'
import { closeLocalStores, type LocalStore, openLocalStore } from './local-store.ts'

after(closeLocalStores)

/** A client whose writes are preceded by `interfere`, told how many there have been. */
function openInterfered({ open }: LocalStore, interfere: (writes: number) => Promise<unknown>): KeyStore {
  const store = open()
  let writes = 0
  return {
    ...store,
    async write(change, etag) {
      await interfere(writes++)
      return store.write(change, etag)
    },
  }
}

/** A client that makes its first write, and takes it for a conflict: the answer was lost and the SDK asked again. */
function openLosing({ open }: LocalStore): KeyStore {
  const store = open()
  let lost = false
  return {
    ...store,
    async write(change, etag) {
      const written = await store.write(change, etag)
      if (lost) return written
      lost = true
      return store.write(change, etag)
    },
  }
}

suite('writers at the same time', () => {
  test('ten new keys are all there afterwards, each with its secret', async () => {
    const local = await openLocalStore()
    const made = await Promise.all(Array.from({ length: 10 }, () => newKey(local.open())))
    assert.equal(local.values.size, 10)
    for (const { kid, secret } of made) assert.equal(local.values.get(`sign.${kid}`), secret)
  })

  test('one of five gets the kid that all want, and its secret stays', async () => {
    const local = await openLocalStore()
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => newKey(local.open(), { kid: 'a' })),
    )
    const made = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    const codes = tries.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
    assert.deepEqual(codes, Array(4).fill('kid-exists'))
    assert.deepEqual([...local.values], [['sign.a', made[0]?.secret]])
  })

  test('a kid that comes into being between the look and the write is not overwritten', async () => {
    const local = await openLocalStore()
    const rival = local.open()
    let theirs: string | undefined
    const store = openInterfered(local, async (writes) => {
      if (writes === 0) theirs = (await newKey(rival, { kid: 'a' })).secret
    })
    await assert.rejects(newKey(store, { kid: 'a' }), { code: 'kid-exists' })
    assert.equal(local.values.get('sign.a'), theirs)
  })

  test('of the last two keys one stays, when both are retired', async () => {
    const local = await openLocalStore()
    for (const kid of ['a', 'b']) await newKey(local.open(), { kid })
    const tries = await Promise.allSettled(['a', 'b'].map((kid) => retireKey(local.open(), kid)))
    assert.deepEqual(
      tries.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : [])),
      ['last-key'],
    )
    assert.equal((await listKeys(local.open())).kids.length, 1)
  })

  test('a store that never rests is a conflict after six writes', async () => {
    const local = await openLocalStore()
    const rival = local.open()
    let seen = 0
    const store = openInterfered(local, async (writes) => {
      seen = writes + 1
      await setExplainToken(rival)
    })
    await assert.rejects(newKey(store, { kid: 'a' }), { code: 'conflict' })
    assert.equal(seen, 6)
    assert.ok(!local.values.has('sign.a'))
  })
})

suite('a write whose answer is lost', () => {
  test('is known again: a new key', async () => {
    const local = await openLocalStore()
    const { secret } = await newKey(openLosing(local), { kid: 'a' })
    assert.deepEqual([...local.values], [['sign.a', secret]])
  })

  test('is known again: a retired key', async () => {
    const local = await openLocalStore()
    for (const kid of ['a', 'b']) await newKey(local.open(), { kid })
    assert.deepEqual(await retireKey(openLosing(local), 'a'), ['b'])
  })
})
