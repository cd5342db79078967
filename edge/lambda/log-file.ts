import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Log } from './lambda.ts'

/**
 * A log of the Lambda in a file, begun anew. What cannot be written, since the disk is full or the folder gone, is lost, said once
 * with its reason: answers matter more than what is written of them.
 *
 * @param say is told of the first line that is lost. Default: nobody.
 */
export function openLogFile(path: string, say: (reason: string) => void = () => {}): Log {
  let lost = false
  const file = openStream(path, (error) => {
    if (!lost) say(`${path}: ${error.message}`)
    lost = true
  })
  return (line) => {
    // A stream that failed is closed: writing to it would be one more failure for each line.
    if (!lost) file?.write(`${line}\n`)
  }
}

function openStream(path: string, fail: (error: Error) => void) {
  try {
    mkdirSync(dirname(path), { recursive: true })
  } catch (error) {
    fail(error instanceof Error ? error : new Error(String(error)))
    return undefined
  }
  // Without a listener the failure of a write ends the process, and the edge with it.
  return createWriteStream(path).on('error', fail)
}
