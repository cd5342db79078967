import { readdirSync, readFileSync } from 'node:fs'

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

/** The sum of the largest resident sizes of a process and all that descend from it now, in megabytes; 0 without proc(5). */
export function readTreePeakMegabytes(pid: number): number {
  return listTree(String(pid)).reduce((sum, each) => sum + (readMegabytes(each, 'VmHWM') ?? 0), 0)
}

/**
 * The processor time of all threads that a process and its descendants have now, in milliseconds; 0 without proc(5). Threads that
 * ended are not in it.
 */
export function readTreeCpuMs(pid: number): number {
  const files = listTree(String(pid)).flatMap((each) =>
    listThreads(each).map((thread) => `/proc/${each}/task/${thread}/schedstat`),
  )
  // Nanoseconds on a processor come first: Linux, Documentation/scheduler/sched-stats.
  return files.reduce((sum, file) => sum + Number(readIfThere(file).split(' ')[0]) / 1e6, 0)
}

function sumOfChildren(field: 'VmHWM' | 'VmRSS'): number {
  return listChildren('self').reduce((sum, pid) => sum + (readMegabytes(pid, field) ?? 0), 0)
}

function readMegabytes(pid: string, field: 'VmHWM' | 'VmRSS'): number | undefined {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readIfThere(`/proc/${pid}/status`))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

function listTree(pid: string): string[] {
  return [pid, ...listChildren(pid).flatMap(listTree)]
}

function listChildren(pid: string): string[] {
  return listThreads(pid)
    .flatMap((thread) => readIfThere(`/proc/${pid}/task/${thread}/children`).split(' '))
    .filter(Boolean)
}

/** Empty where there is no such process, or no proc(5). */
function listThreads(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

/** A process or thread may end meanwhile. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
