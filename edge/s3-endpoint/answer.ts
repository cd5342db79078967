import type { FileHandle } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** An answer as a value: text, part of an open file (which sending closes), or nothing. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body?: string | FilePart
}

/** `start` and `length` in bytes. */
export interface FilePart {
  handle: FileHandle
  start: number
  length: number
}

/** Sends an answer, without its body for HEAD. A client that goes away ends the sending and is no error. */
export async function sendAnswer(
  { status, headers, body }: Answer,
  isHead: boolean,
  response: ServerResponse,
) {
  const length = typeof body === 'object' ? body.length : Buffer.byteLength(body ?? '')
  try {
    // RFC 9110 15.4.5: a 304 has no content, and a Content-Length there would be that of the 200.
    response.writeHead(status, status === 304 ? headers : { 'content-length': String(length), ...headers })
    if (isHead || length === 0) response.end()
    else if (typeof body === 'object') await sendPart(body, response)
    else response.end(body)
  } finally {
    if (typeof body === 'object') await body.handle.close()
  }
}

async function sendPart({ handle, start, length }: FilePart, response: ServerResponse) {
  const file = handle.createReadStream({ start, end: start + length - 1 })
  try {
    await pipeline(file, response, { end: false })
  } catch {
    // Client gone or disk failing: after the head there is nothing left to say but to hang up.
    response.destroy()
    return
  }
  if (file.bytesRead === length) response.end()
  // The file shrank under way. Ending here would leave the client waiting for the promised rest.
  else response.destroy()
}
