import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { openLogFile } from '../../../edge/lambda/log-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'fovea-log-'))
after(() => rmSync(folder, { recursive: true }))

async function waitFor(reached: () => boolean): Promise<void> {
  for (let look = 0; look < 500 && !reached(); look++) await setTimeout(10)
}

suite('the log of the Lambda in a file', () => {
  test('has every line, in a folder that it makes', async () => {
    const path = join(folder, 'made/here/lambda.log')
    const log = openLogFile(path, assert.fail)
    log('one', 'stdout')
    log('two', 'stderr')
    await waitFor(() => existsSync(path) && readFileSync(path, 'utf8').length === 8)
    assert.equal(readFileSync(path, 'utf8'), 'one\ntwo\n')
  })

  test('loses its lines on a full disk, says so once, and ends nothing', {
    skip: !existsSync('/dev/full') && 'this machine has no /dev/full',
  }, async () => {
    const said: string[] = []
    const log = openLogFile('/dev/full', (reason) => said.push(reason))
    for (let line = 0; line < 5; line++) {
      log(`line ${line}`, 'stdout')
      await setTimeout(20)
    }
    await waitFor(() => said.length > 0)
    assert.equal(said.length, 1)
    assert.match(said[0] ?? '', /ENOSPC/)
  })

  test('loses them where there can be no such file', async () => {
    const said: string[] = []
    const log = openLogFile('/dev/null/lambda.log', (reason) => said.push(reason))
    log('one', 'stdout')
    await waitFor(() => said.length > 0)
    assert.equal(said.length, 1)
  })
})
