import assert from 'node:assert/strict'
import type { Log } from '../../edge/lambda/lambda.ts'

/** A line of the transformer's log that is JSON. */
export type Entry = Record<string, unknown>

/** What the Lambda of an edge has written. */
export interface LambdaLog {
  /** For the settings of an edge. */
  log: Log
  /** All lines as they are. */
  lines: string[]
  /** The lines of `work`, once there are `count` and no more come. */
  linesOf(work: () => Promise<unknown>, count: number): Promise<Entry[]>
}

/** Milliseconds that a line may be on its way from the Lambda's process. */
const patienceMs = 5000

export function createLambdaLog(): LambdaLog {
  const lines: string[] = []
  return {
    log: (line) => lines.push(line),
    lines,
    async linesOf(work, count) {
      const before = lines.length
      await work()
      const until = Date.now() + patienceMs
      while (lines.length < before + count && Date.now() < until) await pause()
      await pause()
      const found = lines.slice(before)
      assert.equal(found.length, count, found.join('\n'))
      return found.map((line) => JSON.parse(line))
    },
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20))
}
