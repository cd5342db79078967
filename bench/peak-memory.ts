import { existsSync, readdirSync, readFileSync } from 'node:fs'

/**
 * The largest resident size that this process has had, and those of the children that it has now, in megabytes of 2²⁰ bytes.
 *
 * Linux's own high-water mark where there is one: what `getrusage` says begins, after a fork, with the parent's.
 * Source: proc(5), VmHWM; getrusage(2).
 */
export function readPeakMegabytes(): number {
  const own = readMegabytes('self', 'VmHWM')
  return own === undefined ? process.resourceUsage().maxRSS / 1024 : own + sumOfChildren('VmHWM')
}

/** What is resident now of the children of this process, in megabytes; 0 where there is no proc(5) to tell. */
export function readChildrenMegabytes(): number {
  return sumOfChildren('VmRSS')
}

function sumOfChildren(field: 'VmHWM' | 'VmRSS'): number {
  return listChildren().reduce((sum, pid) => sum + (readMegabytes(pid, field) ?? 0), 0)
}

function readMegabytes(pid: string, field: 'VmHWM' | 'VmRSS'): number | undefined {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readIfThere(`/proc/${pid}/status`))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

function listChildren(): string[] {
  const tasks = '/proc/self/task'
  if (!existsSync(tasks)) return []
  return readdirSync(tasks)
    .flatMap((thread) => readIfThere(`${tasks}/${thread}/children`).split(' '))
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
