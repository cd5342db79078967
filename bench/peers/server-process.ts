import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readTreeCpuMs, readTreePeakMegabytes } from '../peak-memory.ts'
import type { PeerRequest } from './cells.ts'
import { servePeer } from './serve-peer.ts'
import { type PeerServer, servers } from './servers.ts'

// A peer that is a server, asked over HTTP; what it takes is read of its own processes. The arguments: the folder that it is
// installed in, its name.

const [, , folder = '', name = ''] = process.argv

/** Milliseconds that a server may take to listen. */
const startTimeoutMs = 30_000

/** Originals are in folders for temporary files. */
const root = tmpdir()

const server = servers[name]
if (!server) throw new Error(`expected a server but received ${name}`)
// At the first request, so that what fails is its answer.
let started: ReturnType<typeof startServer> | undefined
let serverPid = 0

servePeer(
  async ({ file, width, format }: PeerRequest) => {
    started ??= startServer(server)
    const { url, child } = await started
    serverPid = child.pid ?? 0
    const answer = await fetch(`${url}${server.path(relative(root, file), { width, format })}`)
    const type = answer.headers.get('content-type')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    if (answer.status === 200 && type === `image/${format}`) return bytes
    throw new Error(`${name}: expected image/${format} but received ${answer.status} ${type}`)
  },
  { cpuMs: () => readTreeCpuMs(serverPid), peakMegabytes: () => readTreePeakMegabytes(serverPid) },
)

async function startServer(peer: PeerServer): Promise<{ url: string; child: ChildProcess }> {
  const scratch = mkdtempSync(join(root, `fovea-bench-${name}-`))
  const configuration = join(scratch, 'configuration')
  writeFileSync(configuration, peer.configuration(root, scratch))
  const port = await findPort()
  const child = spawn(peer.command(folder), peer.args(port, configuration), {
    env: { ...process.env, ...peer.environment(port, root) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  process.once('exit', () => {
    child.kill('SIGKILL')
    rmSync(scratch, { recursive: true, force: true })
  })
  let problem: string | undefined
  child.once('error', ({ message }) => {
    problem = message
  })
  child.once('exit', (code, signal) => {
    problem ??= `its end with ${signal ?? `code ${code}`}`
  })
  const url = `http://127.0.0.1:${port}`
  for (let waitedMs = 0; waitedMs < startTimeoutMs && !problem; waitedMs += 100) {
    const isUp = await fetch(`${url}${peer.healthPath}`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return { url, child }
    await sleep(100)
  }
  throw new Error(`${name}: expected it to listen but received ${problem ?? 'nothing'}`)
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
