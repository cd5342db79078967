import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { removeExplainToken, setExplainToken } from '../../../signer/keys/explain-token.ts'
import { createSecret } from '../../../signer/keys/secret.ts'
import { copyKey, listKeys, newKey, retireKey, rotateKey } from '../../../signer/keys/signing-keys.ts'
import { closeLocalStores, openLocalStore } from './local-store.ts'

after(closeLocalStores)

const day = () => Date.UTC(2026, 10, 23)

suite('newKey', () => {
  test('puts a random secret under a kid of today', async () => {
    const { open, values } = await openLocalStore()
    const { kid, secret } = await newKey(open(), { now: day })
    assert.match(kid, /^k20261123-[a-z0-9]{4}$/)
    assert.match(secret, /^[A-Za-z0-9_-]{43}$/)
    assert.deepEqual([...values], [[`sign.${kid}`, secret]])
  })

  test('takes a kid and a secret', async () => {
    const { open, values } = await openLocalStore()
    const secret = createSecret()
    assert.deepEqual(await newKey(open(), { kid: 'mine', secret }), { kid: 'mine', secret })
    assert.deepEqual([...values], [['sign.mine', secret]])
  })

  test('refuses a kid that exists, and leaves its secret', async () => {
    const { open, values } = await openLocalStore()
    const store = open()
    const { secret } = await newKey(store, { kid: 'a' })
    await assert.rejects(newKey(store, { kid: 'a' }), { name: 'KeyStoreError', code: 'kid-exists' })
    assert.deepEqual([...values], [['sign.a', secret]])
  })

  for (const [what, options, code] of [
    ['a bad kid', { kid: 'A' }, 'bad-kid'],
    ['a weak secret', { secret: 'x'.repeat(43) }, 'weak-secret'],
    ['a secret of more than 1 KB', { secret: `${createSecret().repeat(24)}` }, 'weak-secret'],
  ] as const) {
    test(`refuses ${what} before anything is sent`, async () => {
      const { open, values } = await openLocalStore()
      const store = open({ endpoint: 'http://localhost:9' })
      await assert.rejects(newKey(store, options), { code })
      assert.equal(values.size, 0)
    })
  }
})

suite('listKeys', () => {
  test('shows kids and whether there is an explain token, of many pages, and nothing secret', async () => {
    const { open, values } = await openLocalStore()
    const store = open()
    assert.deepEqual(await listKeys(store), { kids: [], hasExplainToken: false })
    const kids = Array.from({ length: 120 }, (_, index) => `k${1000 + index}`)
    for (const kid of [...kids].reverse()) values.set(`sign.${kid}`, createSecret())
    values.set('other', 'x')
    const { token } = { token: await setExplainToken(store) }
    const list = await listKeys(store)
    assert.deepEqual(list, { kids, hasExplainToken: true })
    const shown = JSON.stringify(list)
    assert.ok(![...values.values(), token].some((secret) => secret !== 'x' && shown.includes(secret)))
  })
})

suite('rotateKey', () => {
  test('puts a key beside the older ones, and says when those may go', async () => {
    const { open, values } = await openLocalStore()
    const store = open()
    await newKey(store, { kid: 'a' })
    await newKey(store, { kid: 'b' })
    const rotation = await rotateKey(store, { kid: 'c', now: day, maxLifetimeSeconds: 3600 })
    assert.equal(values.get('sign.c'), rotation.secret)
    assert.deepEqual(rotation.older, ['a', 'b'])
    assert.equal(rotation.retirableAt?.toISOString(), '2026-11-23T01:00:00.000Z')
    assert.equal(values.size, 3)
  })

  test('makes the first key of an empty store', async () => {
    const { open } = await openLocalStore()
    const { older, retirableAt } = await rotateKey(open())
    assert.deepEqual([older, retirableAt], [[], undefined])
  })
})

suite('retireKey', () => {
  test('deletes a key and names those that remain', async () => {
    const { open, values } = await openLocalStore()
    const store = open()
    await newKey(store, { kid: 'a' })
    await newKey(store, { kid: 'b' })
    await setExplainToken(store)
    assert.deepEqual(await retireKey(store, 'a'), ['b'])
    assert.deepEqual([...values.keys()].sort(), ['explain', 'sign.b'])
  })

  test('refuses the last key, unless forced', async () => {
    const { open, values } = await openLocalStore()
    const store = open()
    await newKey(store, { kid: 'a' })
    await setExplainToken(store)
    await assert.rejects(retireKey(store, 'a'), { code: 'last-key' })
    assert.ok(values.has('sign.a'))
    assert.deepEqual(await retireKey(store, 'a', { force: true }), [])
    assert.ok(!values.has('sign.a'))
  })

  for (const [kids, message] of [
    [['a', 'b'], /^kid: expected a, b but received c$/],
    [[], /no keys/],
  ] as const) {
    test(`refuses an unknown kid among ${kids.length}`, async () => {
      const { open } = await openLocalStore()
      const store = open()
      for (const kid of kids) await newKey(store, { kid })
      await assert.rejects(retireKey(store, 'c'), { code: 'unknown-kid', message })
    })
  }

  test('refuses what is no kid, the explain token among it', async () => {
    const { open } = await openLocalStore()
    await assert.rejects(retireKey(open(), '../explain'), { code: 'bad-kid' })
  })
})

suite('copyKey', () => {
  test('puts a key, and does nothing where it is there', async () => {
    const { open, values } = await openLocalStore()
    const store = open()
    const key = { kid: 'a', secret: createSecret() }
    await copyKey(store, key)
    const etag = await store.readEtag()
    await Promise.all([copyKey(open(), key), copyKey(open(), key)])
    assert.deepEqual([[...values], await store.readEtag()], [[['sign.a', key.secret]], etag])
  })

  test('lets of many that copy one key all succeed', async () => {
    const { open, values } = await openLocalStore()
    const key = { kid: 'a', secret: createSecret() }
    await Promise.all([1, 2, 3].map(() => copyKey(open(), key)))
    assert.deepEqual([...values], [['sign.a', key.secret]])
  })

  test('refuses another secret for a kid, and what is no key', async () => {
    const { open, values } = await openLocalStore()
    const store = open()
    const { secret } = await newKey(store, { kid: 'a' })
    const other = createSecret()
    await assert.rejects(copyKey(store, { kid: 'a', secret: other }), ({ code, message }) => {
      assert.ok(!message.includes(other) && !message.includes(secret))
      return code === 'kid-exists'
    })
    await assert.rejects(copyKey(store, { kid: 'A', secret }), { code: 'bad-kid' })
    await assert.rejects(copyKey(store, { kid: 'b', secret: 'hunter2' }), { code: 'weak-secret' })
    assert.deepEqual([...values], [['sign.a', secret]])
  })
})

suite('the explain token', () => {
  test('is set, replaced and removed', async () => {
    const { open, values } = await openLocalStore()
    const store = open()
    assert.equal(await removeExplainToken(store), false)
    const first = await setExplainToken(store)
    assert.equal(values.get('explain'), first)
    const token = createSecret()
    assert.equal(await setExplainToken(store, { token }), token)
    assert.equal(values.get('explain'), token)
    assert.equal(await removeExplainToken(store), true)
    assert.equal(values.size, 0)
  })

  test('is refused where it is weak', async () => {
    const { open } = await openLocalStore()
    await assert.rejects(setExplainToken(open(), { token: 'hunter2' }), { code: 'weak-secret' })
  })
})
