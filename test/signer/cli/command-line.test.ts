import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { root } from '../../project-files.ts'
import { baseUrl, kid, secret } from '../test-signer.ts'
import { makeFolder, removeFolders, run } from './run.ts'

after(removeFolders)

const environment = { FOVEA_SECRET: secret, FOVEA_KID: kid }
const commands = ['sign', 'explain', 'translate', 'keys new', 'keys list', 'keys rotate', 'keys retire']

suite('the command line', () => {
  for (const command of ['', ...commands, 'keys', 'keys explain-token']) {
    test(`prints the help of ${command || 'all'} however it is asked for`, async () => {
      const words = command.split(' ').filter(Boolean)
      const long = await run([...words, '--help'])
      assert.deepEqual([long.code, long.err], [0, ''])
      assert.match(long.out, /Exit codes: 0 done/)
      for (const argv of [
        [...words, '-h'],
        ['help', ...words],
      ])
        assert.deepEqual(await run(argv), long)
    })
  }

  test('names the commands of a group alone, and none as near to the group itself', async () => {
    assert.equal(
      (await run(['keys'])).err.match(/\((.*);/)?.[1],
      'keys new, keys list, keys rotate, keys retire, keys explain-token',
    )
    assert.match((await run(['keys'])).err, /^fovea: expected a command \(/)
    assert.match((await run(['keys', 'lst'])).err, /perhaps keys list \(keys new/)
  })

  test('names an option as it was typed', async () => {
    assert.match((await run(['keys', 'list', '-x'])).err, /: -x: expected a known option \(/)
  })

  for (const [what, argv, exitCode, errorCode] of [
    ['an unknown command', ['sing', '--json'], 2, 'usage'],
    ['an unknown option', ['sign', '--widht', '--json'], 2, 'usage'],
    ['no store', ['keys', 'list', '--json'], 2, 'usage'],
    ['an ARN that is none', ['keys', 'list', '--arn', 'x', '--json'], 1, 'no-store'],
    ['a contradiction', ['sign', `${baseUrl}/a?w=1&h=1&ar=1-1`, '--json'], 1, 'contradiction'],
    ['a broken URL', ['sign', `${baseUrl}/a%2Fb`, '--json'], 1, 'bad-key'],
    ['a file that is not there', ['sign', 'a', '--secret-file', '/none', '--json'], 1, 'ENOENT'],
  ] as const) {
    test(`tells machines of ${what} by a code, and people by the same text`, async () => {
      const { code, out, err } = await run(argv, { environment })
      const { error } = JSON.parse(out)
      assert.deepEqual([code, error.code], [exitCode, errorCode])
      assert.ok(err.endsWith(`: ${error.message}\n`), err)
    })
  }

  test('says that nothing is expected where the settings have no preset', async () => {
    assert.match((await run(['explain', '/a.jpg?preset=x'])).out, /expected nothing for preset, received x/)
  })

  for (const [what, argv, token, pattern] of [
    ['a token of two lines', ['--remote'], 'one\ntwo', /FOVEA_EXPLAIN_TOKEN: expected one line/],
    [
      'settings that are not there',
      ['--config', '/none.ts'],
      '',
      /expected settings at \/none\.ts but found none/,
    ],
    ['settings in JSON that is none', ['--config', 'broken.json'], '', /expected JSON at .*broken\.json but/],
  ] as const) {
    test(`explain says what is wrong with ${what}`, async () => {
      const folder = await makeFolder()
      await writeFile(join(folder, 'broken.json'), '{')
      const given = { folder, environment: { FOVEA_EXPLAIN_TOKEN: token } }
      const { code, out, err } = await run(['explain', `${baseUrl}/a.jpg`, ...argv], given)
      assert.notEqual(code, 0)
      assert.equal(out, '')
      assert.match(err, pattern)
      assert.doesNotMatch(err, /two/)
    })
  }
})

suite('the command line as a process', () => {
  const node = [process.execPath, '--import', import.meta.resolve('tsx'), join(root, 'signer/cli/main.ts')]
  const quoted = node.map((word) => `'${word}'`).join(' ')

  test('ends without a stack when its reader has seen enough', () => {
    const script = `{ ${quoted} translate --table; echo $? >&2; } | true`
    const { stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' })
    assert.equal(stderr, '1\n')
  })

  test('tells of a disk that is full', (context) => {
    if (!existsSync('/dev/full')) return context.skip('no /dev/full')
    const { status, stderr } = spawnSync('sh', ['-c', `${quoted} --help > /dev/full`], { encoding: 'utf8' })
    assert.deepEqual([status, stderr], [1, 'fovea: expected to print but received ENOSPC\n'])
  })

  test('takes the secret from a pipe', () => {
    const script = `printf '%s\\n' "$SECRET" | ${quoted} sign a.jpg --base-url ${baseUrl} --kid k1 --secret-file /dev/stdin`
    const env = { PATH: process.env.PATH, SECRET: secret }
    const { status, stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8', env })
    assert.equal(status, 0)
    assert.match(stdout, /&sig=[\w-]{43}\n$/)
  })
})
