import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { after, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createQuotaLimiter, dutyCycle } from '../../../bench/memory-sizes/limit-processor.ts'
import { requirement } from '../../requirements.ts'

/** A process that never rests. */
function startBusy(): { child: ChildProcess; pid: number } {
  const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
  after(() => child.kill('SIGKILL'))
  return { child, pid: child.pid ?? Number.NaN }
}

/** @throws Error where it is not so within half a minute. */
async function waitUntil(what: string, holds: () => boolean): Promise<void> {
  for (let left = 3000; left > 0; left--) {
    if (holds()) return
    await sleep(10)
  }
  throw new Error(`expected that ${what}`)
}

const quota = createQuotaLimiter()

suite('createQuotaLimiter', requirement('cgroups', quota !== undefined), () => {
  const readGroup = (pid: number) =>
    /^(?:0::|\d+:(?:\w+,)*cpu(?:,\w+)*:)(.*fovea-bench-.*)$/m.exec(
      readFileSync(`/proc/${pid}/cgroup`, 'utf8'),
    )?.[1]
  const findFolder = (group: string) =>
    [`/sys/fs/cgroup/cpu${group}`, `/sys/fs/cgroup${group}`].find((folder) => existsSync(folder))

  test('has the kernel hold a process to its share, and leaves no group behind', async () => {
    const { pid } = startBusy()
    const release = quota?.limit(pid, 0.1)
    const folder = findFolder(readGroup(pid) ?? '')
    assert.ok(folder)
    await waitUntil('the kernel has held it', () =>
      /nr_throttled [1-9]/.test(readFileSync(`${folder}/cpu.stat`, 'utf8')),
    )
    release?.()
    assert.equal(readGroup(pid), undefined)
    assert.equal(existsSync(folder), false)
  })

  test('lets go of a process that has ended', async () => {
    const { child, pid } = startBusy()
    const release = quota?.limit(pid, 0.5)
    child.kill('SIGKILL')
    await waitUntil('it has ended', () => child.signalCode !== null)
    assert.doesNotThrow(() => release?.())
  })
})

suite('dutyCycle', { skip: process.platform !== 'linux' }, () => {
  const readState = (pid: number) => /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]

  test('stops a process and lets it go on by turns, and in the end', async () => {
    const { pid } = startBusy()
    const release = dutyCycle.limit(pid, 0.5)
    for (const wanted of [true, false, true])
      await waitUntil(wanted ? 'it stands' : 'it runs', () => (readState(pid) === 'T') === wanted)
    release()
    await waitUntil('it runs', () => readState(pid) !== 'T')
  })
})
