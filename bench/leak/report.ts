import type { Memory } from './leak-process.ts'
import { roundLength } from './requests.ts'
import type { LeakFigures } from './run.ts'

/** Columns that the longest bar has. */
const columns = 40

/** `figures` for people. */
export function formatLeak({ windows, warmUp, statuses, growth }: LeakFigures): string {
  const largest = Math.max(...windows.map(({ resident }) => resident))
  const answers = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`)
  return [
    `${windows.length * roundLength} requests of one process: ${answers.join(', ')}`,
    `megabytes, the least of each ${roundLength} requests`,
    '',
    'requests  resident                                          renderer    heap  external',
    ...windows.flatMap((memory, at) => [
      ...(at === warmUp ? ['- - -     warm from here on'] : []),
      formatWindow(memory, at, largest),
    ]),
    '',
    `the least of the last quarter to that of the one before: ${Object.entries(growth)
      .map(([name, share]) => `${name} ${share < 0 ? '' : '+'}${formatShare(share)}`)
      .join(', ')}`,
  ].join('\n')
}

function formatWindow({ resident, renderer, heap, external }: Memory, at: number, largest: number): string {
  return [
    String((at + 1) * roundLength).padStart(8),
    resident.toFixed(0).padStart(6),
    `  ${'#'.repeat(Math.round((resident / largest) * columns)).padEnd(columns)}`,
    renderer.toFixed(0).padStart(10),
    heap.toFixed(1).padStart(8),
    external.toFixed(1).padStart(10),
  ].join('')
}

/** The bounds that are missed. */
export function judgeLeak({ growth }: LeakFigures, maxGrowthPercent: number): string[] {
  // The renderer has made some thirty drawings by the end: too few to be warm.
  if (growth.resident * 100 <= maxGrowthPercent) return []
  return [`resident memory grew by ${formatShare(growth.resident)}, expected at most ${maxGrowthPercent} %`]
}

function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
