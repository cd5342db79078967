import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callHandler, type FakeStore, fakeStoreSource } from './fake-modules.ts'

/** Whether njs is installed. */
export const foundNjs = spawnSync('njs', ['-v']).error === undefined

/**
 * Runs the handler of `source` over `events` (JSON) in one process of njs and returns its results (JSON). njs frees no
 * memory: about 113 KB an event, so that 2,000 are as many as one process should take.
 */
export function runInNjs(
  source: string,
  events: readonly string[],
  store: FakeStore = { values: {} },
): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'fovea-njs-'))
  try {
    writeFileSync(join(folder, 'events'), events.join('\n'))
    const driver = `
      var call = ${callHandler};
      var fs = require('fs');
      Promise.all(fs.readFileSync('events', 'utf8').split('\\n').map(call)).then(function (results) {
        fs.writeFileSync('results', results.join('\\n'));
      });`
    writeFileSync(
      join(folder, 'cloudfront'),
      `export default (${fakeStoreSource})(${JSON.stringify(store)}, function () {})`,
    )
    writeFileSync(join(folder, 'run.js'), `${source}\n${driver}`)
    const { status, stdout, stderr } = spawnSync('njs', ['-p', folder, 'run.js'], {
      cwd: folder,
      encoding: 'utf8',
    })
    // njs exits with 0 where a script fails, and says so on its output.
    assert.deepEqual(
      { status, stdout: stdout.trim(), stderr: stderr.trim() },
      { status: 0, stdout: '', stderr: '' },
    )
    return readFileSync(join(folder, 'results'), 'utf8').split('\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
}
