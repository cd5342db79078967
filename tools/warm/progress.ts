import type { Summary } from './warm-cache.ts'

/** Where progress is shown: the process's standard error. */
export interface ProgressStream {
  isTTY?: boolean
  write(text: string): unknown
}

/** Letters of a bar. */
const barWidth = 24

/** Shows how far it is: a bar that moves on a terminal; elsewhere a line at each tenth, so that a log stays short. */
export function createProgress(stream: ProgressStream): (summary: Summary) => void {
  let tenths = 0
  return (summary) => {
    const done = countDone(summary)
    const last = done === summary.total
    if (stream.isTTY) {
      stream.write(`\r${formatBar(done / summary.total)} ${formatCounts(summary)}\u001b[K${last ? '\n' : ''}`)
      return
    }
    const reached = Math.floor((done / summary.total) * 10)
    if (reached > tenths) stream.write(`${formatCounts(summary)}\n`)
    tenths = reached
  }
}

function countDone({ hits, misses, failures }: Summary): number {
  return hits + misses + failures.length
}

function formatBar(share: number): string {
  const full = Math.round(share * barWidth)
  return `[${'█'.repeat(full)}${'░'.repeat(barWidth - full)}]`
}

/** `12 of 30: 8 hits, 4 misses, 0 errors, 1.2 MB`. */
export function formatCounts(summary: Summary): string {
  const { total, hits, misses, failures, bytes } = summary
  const megabytes = (bytes / 1e6).toFixed(1)
  return `${countDone(summary)} of ${total}: ${hits} hits, ${misses} misses, ${failures.length} errors, ${megabytes} MB`
}
