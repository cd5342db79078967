import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startChild } from '../../bench/child.ts'

const script = fileURLToPath(new URL('child-script.ts', import.meta.url))

function start() {
  const environment = { PATH: process.env.PATH ?? '' }
  return startChild<{ say?: string; end?: true }, { said: string }>(script, {
    environment,
    execArgv: ['--import', 'tsx'],
  })
}

suite('a child', () => {
  const child = start()
  after(child.stop)

  test('answers one request after the other', async () => {
    assert.deepEqual(await child.ask({ say: 'one' }), { said: 'one' })
    assert.deepEqual(await child.ask({ say: 'two' }), { said: 'two' })
  })

  test('passes on what it throws, and lives', async () => {
    await assert.rejects(child.ask({}), /nothing to say/)
    assert.deepEqual(await child.ask({ say: 'three' }), { said: 'three' })
  })

  test('is missed when it ends', async () => {
    const other = start()
    await assert.rejects(other.ask({ end: true }), /ended with code 3/)
    other.stop()
  })
})
