import assert from 'node:assert/strict'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { writeAccessFile } from '../../../edge/key-value-store/access-file.ts'
import { verifyUrl } from '../../../signer/verify-url.ts'
import { closeLocalStores, openLocalStore } from '../keys/local-store.ts'
import { makeFolder, removeFolders, run, spawnCli } from './run.ts'

after(async () => {
  await closeLocalStores()
  await removeFolders()
})

/** A folder in which a local edge runs, and what its store holds. */
async function startStore() {
  const { settings, values } = await openLocalStore()
  const folder = await makeFolder()
  await writeAccessFile(join(folder, 'build/edge/key-value-store.json'), settings)
  const keys = (...argv: string[]) => run(['keys', ...argv, '--local'], { folder })
  return { folder, values, keys }
}

suite('fovea keys', () => {
  test('new puts a key into the store and prints it once', async () => {
    const { values, keys } = await startStore()
    const { code, out, err } = await keys('new')
    const [, kid = '', secret = ''] = /^kid {5}(k20261123-\w{4})\nsecret {2}([\w-]{43})\n$/.exec(out) ?? []
    assert.deepEqual([code, err], [0, ''])
    assert.deepEqual([...values], [[`sign.${kid}`, secret]])
    const list = await keys('list')
    assert.deepEqual(list, { code: 0, out: `${kid}\n`, err: 'There is no explain token.\n' })
  })

  test('new writes the secret into a file of its own, for this user alone, and prints none', async () => {
    const { folder, values, keys } = await startStore()
    const { code, out, err } = await keys('new', '--kid', 'mine', '--secret-file', 'secret', '--json')
    const path = join(folder, 'secret')
    assert.deepEqual([code, err, JSON.parse(out)], [0, '', { kid: 'mine', secretFile: path }])
    const secret = (await readFile(path, 'utf8')).trim()
    assert.equal(values.get('sign.mine'), secret)
    assert.equal((await stat(path)).mode & 0o777, 0o600)
  })

  test('new makes no key where the file exists, or leaves no file where there is no key', async () => {
    const { folder, values, keys } = await startStore()
    await writeFile(join(folder, 'there'), 'mine')
    const refused = await keys('new', '--secret-file', 'there')
    assert.equal(refused.code, 1)
    assert.match(refused.err, /EEXIST/)
    assert.equal(values.size, 0)
    assert.equal((await keys('new', '--kid', 'BAD', '--secret-file', 'new')).code, 1)
    await assert.rejects(stat(join(folder, 'new')), { code: 'ENOENT' })
    assert.equal(await readFile(join(folder, 'there'), 'utf8'), 'mine')
  })

  test('rotate tells which keys are older, and when they may go', async () => {
    const { values, keys } = await startStore()
    await keys('new', '--kid', 'a')
    const { code, out } = await keys('rotate', '--kid', 'b', '--max-lifetime', '1h', '--json')
    assert.equal(code, 0)
    assert.deepEqual(JSON.parse(out), {
      kid: 'b',
      secret: values.get('sign.b'),
      older: ['a'],
      retirableAt: '2026-11-23T09:09:10.000Z',
    })
    const people = await keys('rotate', '--kid', 'c')
    assert.match(people.out, /^older +a, b$/m)
    assert.match(people.out, /^retirable at +2026-11-30T08:09:10\.000Z$/m)
  })

  test('retire takes a key away, the last one only by force', async () => {
    const { values, keys } = await startStore()
    await keys('new', '--kid', 'a')
    await keys('new', '--kid', 'b')
    assert.match((await keys('retire', 'a')).out, /^retired +a\nremaining +b\n$/)
    const { code, err } = await keys('retire', 'b')
    assert.equal(code, 1)
    assert.match(err, /^fovea keys retire: .*the last signing key\n$/)
    assert.equal((await keys('retire', 'b', '--force')).code, 0)
    assert.equal(values.size, 0)
  })

  test('explain-token sets a token, and takes it away', async () => {
    const { values, keys } = await startStore()
    const { out } = await keys('explain-token', '--json')
    assert.deepEqual(JSON.parse(out), { token: values.get('explain') })
    assert.match((await keys('list')).err, /^There are no signing keys: .*\nThere is an explain token\.\n$/)
    assert.deepEqual(JSON.parse((await keys('explain-token', '--remove', '--json')).out), { removed: true })
    assert.equal(values.size, 0)
    assert.match((await keys('explain-token', '--remove')).out, /^removed +no\n$/)
  })

  test('list is for machines with --json', async () => {
    const { keys } = await startStore()
    await keys('new', '--kid', 'a')
    assert.deepEqual(JSON.parse((await keys('list', '--json')).out), { kids: ['a'], hasExplainToken: false })
  })

  for (const [argv, pattern] of [
    [['list'], /--arn, FOVEA_KEY_VALUE_STORE_ARN or --local/],
    [['retire', '--local'], /expected KID/],
    [['new', '--local', '--kidd', 'a'], /perhaps --kid /],
    [['explain-token', '--token', 'x'], /all users of a machine see arguments/],
    [['rotat'], /perhaps keys rotate /],
    [[], /expected a command/],
  ] as const) {
    test(`cannot be run as keys ${argv.join(' ')}: exit code 2`, async () => {
      const { code, out, err } = await run(['keys', ...argv])
      assert.deepEqual([code, out], [2, ''])
      assert.match(err, pattern)
    })
  }

  test('takes the ARN from the environment, and refuses what is none', async () => {
    const environment = { FOVEA_KEY_VALUE_STORE_ARN: 'arn:aws:s3:::bucket' }
    const { code, err } = await run(['keys', 'list'], { environment })
    assert.equal(code, 1)
    assert.match(err, /expected that of a KeyValueStore but received arn:aws:s3:::bucket/)
  })
})

suite('fovea as a process beside a local edge', () => {
  test('makes a key and signs with it', async () => {
    const { folder, values } = await startStore()
    const made = await spawnCli(['keys', 'new', '--kid', 'k9', '--local', '--json'], { cwd: folder })
    assert.deepEqual([made.code, made.err], [0, ''])
    const signed = await spawnCli(['sign', 'a.jpg', '--local', '--width', '80'], { cwd: folder })
    assert.deepEqual([signed.code, signed.err], [0, ''])
    assert.match(signed.out, /^http:\/\/localhost:8080\/a\.jpg\?width=80&exp=\d+&kid=k9&sig=/)
    assert.ok(verifyUrl(signed.out.trim(), { secrets: { k9: values.get('sign.k9') ?? '' } }).ok)
  })

  test('prints help on every level with exit code 0', async () => {
    for (const [argv, pattern] of [
      [['--help'], /fovea keys rotate/],
      [['keys', '--help'], /fovea keys explain-token/],
      [['keys', 'retire', '--help'], /fovea keys retire KID \[options\]/],
    ] as const) {
      const { code, out, err } = await spawnCli(argv)
      assert.deepEqual([code, err], [0, ''])
      assert.match(out, pattern)
      assert.match(out, /Exit codes: 0 done, 1 refused or failed, 2/)
    }
  })

  test('lists its commands where none is known', async () => {
    const { code, out, err } = await spawnCli(['explian'])
    assert.deepEqual([code, out], [2, ''])
    assert.match(err, /perhaps explain \(sign, explain, translate, keys new/)
  })
})
