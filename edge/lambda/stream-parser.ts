import { preludeEnd } from './streaming-global.ts'

/** What a handler that streams says before its body. */
export interface StreamHead {
  statusCode: number
  headers: Record<string, string>
}

/** Bytes that a prelude may have. Source: aws-lambda-nodejs-runtime-interface-client sends it as one small JSON. */
const maxPreludeBytes = 64 * 1024

/**
 * Tells prelude and body of a raw stream apart, wherever its chunks end.
 *
 * @returns a function that takes chunks; it throws where the stream does not begin with a prelude.
 */
export function parseStream(
  onHead: (head: StreamHead) => void,
  onBody: (chunk: Buffer) => void,
): (chunk: Buffer) => void {
  let pending: Buffer | undefined = Buffer.alloc(0)
  return (chunk) => {
    if (!pending) return onBody(chunk)
    pending = Buffer.concat([pending, chunk])
    const end = pending.indexOf(preludeEnd)
    if (end < 0) {
      if (pending.length > maxPreludeBytes) throw new Error('expected a prelude at the begin of the stream')
      return
    }
    const { statusCode, headers = {} } = JSON.parse(pending.toString('utf8', 0, end))
    const body = pending.subarray(end + preludeEnd.length)
    pending = undefined
    onHead({ statusCode, headers })
    if (body.length > 0) onBody(body)
  }
}
