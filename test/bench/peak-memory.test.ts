import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { suite, test } from 'node:test'
import { readPeakMegabytes, readTreeCpuMs, readTreePeakMegabytes } from '../../bench/peak-memory.ts'

suite('readPeakMegabytes', () => {
  test('is at least what is resident, and grows with what is touched', () => {
    const before = readPeakMegabytes()
    assert.ok(before > 20 && before >= process.memoryUsage().rss / 2 ** 20 / 2, `${before} MB`)
    const touched = Buffer.alloc(300 * 2 ** 20, 1)
    assert.ok(touched.length > 0 && readPeakMegabytes() > 300)
  })
})

suite('readTreePeakMegabytes and readTreeCpuMs', { skip: process.platform !== 'linux' }, () => {
  test('count what a process and its own children take', async () => {
    // A shell, whose child says when it has touched 200 MB and worked for them.
    const script =
      'const b = Buffer.alloc(200 * 2 ** 20, 1); process.stdout.write(String(b.length)); setInterval(() => {}, 1e6)'
    const shell: ChildProcess = spawn('sh', ['-c', '"$0" -e "$1"; true', process.execPath, script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    const pid = shell.pid ?? Number.NaN
    try {
      if (shell.stdout) await once(shell.stdout, 'data')
      assert.ok(readTreePeakMegabytes(pid) > 200)
      assert.ok(readTreeCpuMs(pid) > 10)
    } finally {
      // The shell's child too.
      process.kill(-pid, 'SIGKILL')
    }
  })

  test('are 0 of no process', () => {
    assert.equal(readTreePeakMegabytes(2 ** 30), 0)
    assert.equal(readTreeCpuMs(2 ** 30), 0)
  })
})
