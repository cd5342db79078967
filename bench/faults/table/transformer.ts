import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { stackFilters } from '../../leak/originals.ts'
import type { Fault, World } from '../fault.ts'
import { drawOriginal, writeOriginal } from '../targets.ts'

const runFile = promisify(execFile)

/** Does `work` again and again until the returned function is called. */
function repeat(everyMs: number, work: () => Promise<void>): () => Promise<void> {
  let ended = false
  const running = (async () => {
    while (!ended) {
      await work()
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  })()
  return () => {
    ended = true
    return running
  }
}

/** Kills what is there; a process that ended by itself meanwhile is no failure. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

/** Milliseconds between looks at who is busy, and those that a process may take to start. */
const [lookMs, startMs] = [40, 800]

/** Milliseconds that a process has had of the processor, in steps of 10: Linux counts hundredths of a second. Source: proc(5). */
async function readBusyMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // Behind the name, which may hold spaces: utime and stime are the fourteenth field and the next.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10
}

const accept = { accept: 'image/avif,image/webp,*/*;q=0.8' }

/** Address space that a sandbox is left beside what it has, in bytes: less than a picture takes. */
const spareBytes = 8 * 1024 * 1024

/** Keys of originals of this file's own. */
const [hog, costly] = ['special/hog.jpg', 'special/costly.svg']

/** Runs at a time where all are taken away. */
const slots = 6

async function addOriginal({ edge, truth }: World, key: string, bytes: Buffer): Promise<void> {
  await Promise.all([writeOriginal(edge.folder, key, bytes), truth.put(key, bytes)])
}

export const transformerFaults: readonly Fault[] = [
  {
    name: 'transformer-killed',
    done: 'processes of the transformer are killed in the middle of a transform',
    design: 'what was under way is 502, kept for a second; the next run has a new process; hits stay',
    allowed: { fresh: [502] },
    alarms: ['transformer-errors', 'server-errors'],
    findObstacle: () =>
      existsSync('/proc/self/stat') ? undefined : 'this machine does not tell who is busy',
    async inject({ edge, note }) {
      const looks = new Map<number, { firstAt: number; busyMs: number }>()
      let killed = 0
      const end = repeat(lookMs, async () => {
        for (const pid of await edge.listSandboxes()) {
          const busyMs = await readBusyMs(pid)
          const last = looks.get(pid) ?? { firstAt: Date.now(), busyMs }
          looks.set(pid, { ...last, busyMs })
          const started = Date.now() - last.firstAt > startMs
          if (started && busyMs - last.busyMs >= lookMs / 2 && kill(pid)) killed++
        }
      })
      return async () => {
        await end()
        note(`${killed} processes killed`)
      }
    },
  },
  {
    name: 'out-of-memory',
    done: 'RLIMIT_AS leaves the transformer 8 MB more than it has, so that allocations fail (prlimit); a process that survives this for a second is killed, as by the kernel',
    design: 'what was under way is 502 or 503; hits stay; no good original is taken for a broken one',
    allowed: { fresh: [502, 503] },
    alarms: ['transformer-errors', 'server-errors'],
    findObstacle: () => (existsSync('/usr/bin/prlimit') ? undefined : 'this machine has no prlimit'),
    async inject({ edge, note }) {
      const limitedAt = new Map<number, number>()
      let killed = 0
      const end = repeat(100, async () => {
        for (const pid of await edge.listSandboxes()) {
          const since = limitedAt.get(pid)
          if (since === undefined && (await limitMemory(pid))) limitedAt.set(pid, Date.now())
          else if (since !== undefined && Date.now() - since > 1000 && kill(pid)) killed++
        }
      })
      return async () => {
        await end()
        for (const pid of await edge.listSandboxes()) if (limitedAt.has(pid) && kill(pid)) killed++
        note(`${limitedAt.size} processes limited, ${killed} of them killed`)
      }
    },
  },
  {
    name: 'transform-hangs',
    done: 'an SVG keeps a renderer busy past the deadline, asked for all the time',
    design: 'it is 415 too-costly and kept for an hour; its renderer is killed; nobody else sees an error',
    minSeconds: 11,
    perSecond: { special: 2, fresh: 1 },
    allowed: { special: [415] },
    alarms: [],
    async prepare(world) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">${stackFilters()}</svg>`
      await addOriginal(world, costly, Buffer.from(svg))
    },
    async inject({ special }) {
      special.push({ url: `/${costly}?width=160&format=png`, headers: accept, key: costly })
      return async () => {}
    },
  },
  {
    name: 'throttled',
    done: `${slots} runs at a time are all there are, and as many that never end have them`,
    design: 'misses are 429, never kept; hits stay',
    edge: { concurrency: slots, sandboxes: slots },
    perSecond: { special: 20, fresh: 3, aged: 1 },
    // Not among what CloudFront is known to serve stale answers for: edge/README.md.
    allowed: { fresh: [429], aged: [429], refused: [429], special: [429, 503] },
    alarms: ['throttles'],
    prepare: async (world) => addOriginal(world, hog, await drawOriginal(99)),
    async inject({ edge, special, note }) {
      edge.s3.begin({ kind: 'silent' }, (path) => path.includes(hog))
      for (let at = 0; at < slots; at++) {
        const url = `/${hog}?width=${[160, 320, 480][at % 3]}&format=${at < 3 ? 'jpeg' : 'png'}`
        special.push({ url, headers: accept, key: hog })
      }
      return async () => {
        edge.s3.end()
        note(`${(await edge.count()).throttled} runs refused`)
      }
    },
  },
]

/** Whether the process could be limited: it may have ended. */
async function limitMemory(pid: number): Promise<boolean> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const bytes = Number(/^VmSize:\s+(\d+) kB/m.exec(status)?.[1]) * 1024 + spareBytes
    await runFile('prlimit', ['--pid', String(pid), `--as=${bytes}`])
    return true
  } catch {
    return false
  }
}
