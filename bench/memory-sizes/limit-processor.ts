import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A way to hold a process to a share of the processors. */
export interface Limiter {
  /** In words, with what it cannot do. */
  how: string
  /**
   * Holds `pid`, all its threads and what it forks from now on to `share` processors; 1 is one of them whole. Returns what lets it
   * go; that may be called when it has ended.
   */
  limit(pid: number, share: number): () => void
}

/**
 * Microseconds after which a quota begins anew: what was seen of Lambda's. Source: pwrdrvr/lambda-dispatch, issue 246, "the
 * throttling interval is actually 20 ms"; AWS publishes nothing of it.
 */
const periodMicroseconds = 20_000

const cgroups = '/sys/fs/cgroup'

/** The best way that this machine has: a quota of the kernel's where we may set one, else stopping and going on by turns. */
export function chooseLimiter(): Limiter {
  return createQuotaLimiter() ?? dutyCycle
}

/** A control group, version 2 or 1, for each process; undefined where we may make none. Source: cgroups(7), sched-bwc. */
export function createQuotaLimiter(): Limiter | undefined {
  const version = findVersion()
  if (!version) return undefined
  const { parent, write, name } = version
  let count = 0
  const make = () => {
    const folder = join(parent, `fovea-bench-${process.pid}-${count++}`)
    mkdirSync(folder)
    return folder
  }
  try {
    removeOld(parent)
    const folder = make()
    write(folder, 1)
    rmdirSync(folder)
  } catch {
    return undefined
  }
  return {
    how: `a quota of the kernel's scheduler (${name}) over periods of ${periodMicroseconds / 1000} ms`,
    limit(pid, share) {
      const folder = make()
      write(folder, share)
      writeFileSync(join(folder, 'cgroup.procs'), String(pid))
      return () => {
        for (const each of readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean))
          moveOut(parent, each)
        rmdirSync(folder)
      }
    },
  }
}

/** Groups of runs that were killed. */
function removeOld(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^fovea-bench-(\d+)-\d+$/.exec(name)?.[1]
    if (pid && !existsSync(`/proc/${pid}`)) rmdirSync(join(parent, name))
  }
}

/** A group can be removed when it is empty. */
function moveOut(parent: string, pid: string): void {
  try {
    writeFileSync(join(parent, 'cgroup.procs'), pid)
  } catch (error) {
    // It has ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

interface Version {
  name: string
  /** The group in which ours are made. */
  parent: string
  /** Sets the quota, and the greatest weight that there is: its share is then there for it on a busy machine too. */
  write(folder: string, share: number): void
}

function findVersion(): Version | undefined {
  const quota = (share: number) => Math.round(share * periodMicroseconds)
  if (existsSync(join(cgroups, 'cgroup.controllers'))) {
    return {
      name: 'cgroup v2, cpu.max',
      // Below a group that has processes of its own there can be none with a quota.
      parent: cgroups,
      write(folder, share) {
        writeFileSync(join(folder, 'cpu.max'), `${quota(share)} ${periodMicroseconds}`)
        writeFileSync(join(folder, 'cpu.weight'), '10000')
      },
    }
  }
  const own = /^\d+:(?:\w+,)*cpu(?:,\w+)*:(.*)$/m.exec(readOwnGroups())?.[1]
  if (own === undefined) return undefined
  return {
    name: 'cgroup v1, cpu.cfs_quota_us',
    parent: join(cgroups, 'cpu', own),
    write(folder, share) {
      writeFileSync(join(folder, 'cpu.cfs_period_us'), String(periodMicroseconds))
      writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(quota(share)))
      writeFileSync(join(folder, 'cpu.shares'), '262144')
    },
  }
}

function readOwnGroups(): string {
  return existsSync('/proc/self/cgroup') ? readFileSync('/proc/self/cgroup', 'utf8') : ''
}

/** Milliseconds of a turn of running and standing still. */
const turnMs = 40

/** What cpulimit does: SIGSTOP and SIGCONT by turns. What a process forks is not held. */
export const dutyCycle: Limiter = {
  how: `stopping and going on by turns of ${turnMs} ms (SIGSTOP, SIGCONT), as cpulimit does: one processor and more are not held at all`,
  limit(pid, share) {
    if (share >= 1) return () => {}
    let timer: NodeJS.Timeout
    const turn = (signal: 'SIGSTOP' | 'SIGCONT') => {
      if (!send(pid, signal)) return
      const runs = signal === 'SIGCONT'
      timer = setTimeout(() => turn(runs ? 'SIGSTOP' : 'SIGCONT'), turnMs * (runs ? share : 1 - share))
    }
    turn('SIGCONT')
    return () => {
      clearTimeout(timer)
      send(pid, 'SIGCONT')
    }
  },
}

/** Whether the process is there. */
function send(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
