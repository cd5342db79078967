import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, suite, test } from 'node:test'
import { createSigner } from '../../../../signer/create-signer.ts'
import { listKeys, newKey } from '../../../../signer/keys/signing-keys.ts'
import { closeFunctions, firstKey, openFunction, type RunningFunction, steps } from './running-function.ts'

// The built function through the real clients: the store verifies SigV4A and versions, the secret SigV4.
after(closeFunctions)

const readSecret = ({ secretsManager }: RunningFunction, stage = 'AWSCURRENT') =>
  JSON.parse(secretsManager.read(stage) ?? '{}')

/** Fails where the log has a secret, ever current or not, or CloudFormation's signed URL. */
function assertSilent({ secretsManager, values, log }: RunningFunction): void {
  const texts = [...secretsManager.versions.values()].flatMap(
    ({ text }) => /"secret":"([^"]+)"/.exec(text ?? '')?.[1] ?? [],
  )
  const secrets = [...texts, ...values.values(), 's3cr3t']
  assert.ok(secrets.length > 1)
  for (const secret of secrets) assert.ok(!log().includes(secret), log())
}

suite('a deployment', () => {
  test('copies the first key into the store, and does so again without a change', async () => {
    const running = await openFunction()
    const answer = await running.deploy('Create')
    assert.deepEqual(
      [answer.Status, answer.LogicalResourceId, answer.StackId],
      ['SUCCESS', 'Deployed', 'stack'],
    )
    assert.deepEqual([...running.values], [['sign.first', firstKey.secret]])
    const etag = await running.open().readEtag()
    const again = await running.deploy('Update')
    assert.deepEqual([again.Status, again.PhysicalResourceId], ['SUCCESS', answer.PhysicalResourceId])
    assert.equal(await running.open().readEtag(), etag)
    assert.equal((await running.deploy('Delete')).Status, 'SUCCESS')
    assert.equal(running.values.size, 1, 'the store goes with the stack, not before')
    assertSilent(running)
    assert.match(running.log(), /"what":"Create"/)
  })

  test('into a new store copies the key before it as well, while its URLs live', async () => {
    const running = await openFunction()
    await running.deploy('Create')
    await running.rotate()
    running.values.clear()
    await running.deploy('Update')
    assert.deepEqual(new Set(running.values.values()), new Set([firstKey.secret, readSecret(running).secret]))
  })

  for (const [what, text] of [
    ['that is no JSON', 'hunter2-is-no-json'],
    ['with a secret that is too short', '{"kid":"first","secret":"hunter2"}'],
    ['with a kid that is none', JSON.stringify({ kid: 'FIRST', secret: firstKey.secret })],
    ['with no secret', '{"kid":"first"}'],
  ] as const) {
    test(`fails for a secret ${what}, and does not repeat it`, async () => {
      const running = await openFunction({ text })
      const answer = await running.deploy('Create')
      assert.equal(answer.Status, 'FAILED')
      assert.match(answer.Reason ?? '', /expected/)
      assert.doesNotMatch(JSON.stringify(answer) + running.log(), new RegExp(`hunter2|${firstKey.secret}`))
      assert.equal(running.values.size, 0)
    })
  }

  test('fails where that kid has another secret: its URLs must not die in silence', async () => {
    const running = await openFunction()
    const other = 'x9'.concat(firstKey.secret)
    running.values.set('sign.first', other)
    const { Status, Reason } = await running.deploy('Create')
    assert.deepEqual([Status, running.values.get('sign.first')], ['FAILED', other])
    assert.match(Reason ?? '', /first, which has another secret/)
    assertSilent(running)
  })

  test('fails where there is no store', async () => {
    const arn = 'arn:aws:cloudfront::000000000000:key-value-store/none'
    const running = await openFunction({ environment: { FOVEA_KEY_VALUE_STORE_ARN: arn } })
    const { Status, Reason } = await running.deploy('Create')
    assert.equal(Status, 'FAILED')
    assert.match(Reason ?? '', /found none at arn:aws:cloudfront/)
  })
})

suite('a rotation', () => {
  test('makes a key that backends and the edge share, and leaves the one before', async () => {
    const running = await openFunction()
    await running.deploy('Create')
    await running.rotate()
    const { kid, secret, older } = readSecret(running)
    assert.match(kid, /^k\d{8}-[a-z0-9]{4}$/)
    assert.equal(running.values.get(`sign.${kid}`), secret)
    assert.equal(running.values.get('sign.first'), firstKey.secret)
    assert.equal(readSecret(running, 'AWSPREVIOUS').kid, 'first')
    const [{ kid: olderKid, until }] = older
    assert.equal(olderKid, 'first')
    assert.ok(Math.abs(until - Date.now() / 1000 - 604_800) < 300)
    const signer = createSigner({ baseUrl: 'https://img.example.com', kid, secret })
    assert.match(signer.signUrl('a.jpg', { width: 801 }), new RegExp(`&kid=${kid}&sig=`))
    assertSilent(running)
  })

  test('whose every step comes twice is one rotation', async () => {
    const running = await openFunction()
    await running.deploy('Create')
    await running.rotate(randomUUID(), 2)
    assert.equal(running.values.size, 2)
    assert.equal(running.secretsManager.calls.filter((name) => name === 'PutSecretValue').length, 1)
    assert.equal(running.secretsManager.calls.filter((name) => name === 'UpdateSecretVersionStage').length, 1)
  })

  test('after a rotation keeps every key whose URLs may still live, and keys that people made', async () => {
    const running = await openFunction()
    await running.deploy('Create')
    await newKey(running.open(), { kid: 'partner' })
    for (let time = 0; time < 3; time++) await running.rotate()
    const { kids } = await listKeys(running.open())
    assert.equal(kids.length, 5)
    assert.ok(kids.includes('first') && kids.includes('partner'))
    assert.equal(readSecret(running).older.length, 3)
  })

  test('takes away those whose last URL has ended, and no other', async () => {
    const running = await openFunction({ overlapSeconds: 0 })
    await running.deploy('Create')
    await newKey(running.open(), { kid: 'partner' })
    await running.rotate()
    const second = readSecret(running).kid
    assert.deepEqual(
      (await listKeys(running.open())).kids,
      ['first', second, 'partner'],
      'the first goes with the next',
    )
    await running.rotate()
    const third = readSecret(running)
    assert.deepEqual((await listKeys(running.open())).kids.sort(), [second, third.kid, 'partner'].sort())
    assert.deepEqual(
      third.older.map(({ kid }: { kid: string }) => kid),
      [second],
    )
    await running.rotate()
    assert.equal((await listKeys(running.open())).kids.length, 3)
    assertSilent(running)
  })

  test('goes on where somebody took a key away already', async () => {
    const running = await openFunction({ overlapSeconds: 0 })
    await running.deploy('Create')
    await running.rotate()
    running.values.delete('sign.first')
    await running.rotate()
    assert.equal(running.values.size, 2)
  })

  test('loses nothing that others write meanwhile', async () => {
    const running = await openFunction()
    await running.deploy('Create')
    const others = Promise.all(['a', 'b', 'c'].map((kid) => newKey(running.open(), { kid })))
    await Promise.all([running.rotate(), others])
    const { kids } = await listKeys(running.open())
    assert.deepEqual(kids, ['a', 'b', 'c', 'first', readSecret(running).kid].sort())
  })

  test('does not let backends have a key that the store has not', async () => {
    const running = await openFunction()
    const versionId = randomUUID()
    running.secretsManager.begin(versionId)
    const event = { SecretId: running.secretsManager.arn, ClientRequestToken: versionId }
    assert.equal(await running.call({ ...event, Step: 'createSecret' }), undefined)
    assert.match((await running.call({ ...event, Step: 'testSecret' })) ?? '', /expected the pending key/)
    assert.equal(readSecret(running).kid, 'first')
    assertSilent(running)
  })

  test('is refused for another secret, another version and another step', async () => {
    const running = await openFunction()
    const { arn } = running.secretsManager
    const token = randomUUID()
    running.secretsManager.begin(token)
    for (const [event, expected] of [
      [{ Step: 'setSecret', SecretId: `${arn}x`, ClientRequestToken: token }, /for SecretId/],
      [{ Step: 'setSecret', SecretId: arn, ClientRequestToken: randomUUID() }, /AWSPENDING/],
      [{ Step: 'constructor', SecretId: arn, ClientRequestToken: token }, /expected createSecret/],
      [{ Step: 'setSecret', SecretId: arn, ClientRequestToken: token }, /expected a value/],
    ] as const) {
      assert.match((await running.call(event)) ?? '', expected)
    }
    assert.equal(steps.length, 4)
    assert.equal(running.values.size, 0)
  })
})
