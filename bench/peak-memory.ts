import { readdirSync, readFileSync } from 'node:fs'

/**
 * The largest resident size that this process has had, and those of the children that it has now, in megabytes of 2²⁰ bytes.
 *
 * Linux's own high-water mark where there is one: what `getrusage` says begins, after a fork, with the parent's.
 * Source: proc(5), VmHWM; getrusage(2).
 */
export function readPeakMegabytes(): number {
  const own = readHighWater('self')
  if (own === undefined) return process.resourceUsage().maxRSS / 1024
  return [own, ...listChildren().map((pid) => readHighWater(pid) ?? 0)].reduce((sum, each) => sum + each, 0)
}

function readHighWater(pid: string): number | undefined {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readIfThere(`/proc/${pid}/status`))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

function listChildren(): string[] {
  return readdirSync('/proc/self/task')
    .flatMap((thread) => readIfThere(`/proc/self/task/${thread}/children`).split(' '))
    .filter(Boolean)
}

/** A process or thread may end meanwhile. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
