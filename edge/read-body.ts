import type { IncomingMessage } from 'node:http'

/** Bytes of a body that are read at all: more than the 3 MB that an update of a KeyValueStore may have, the largest of them. */
export const maxBodyBytes = 4 * 1024 * 1024

/** Undefined where it is too long. The rest is read all the same: a client that cannot send hears no answer. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length <= maxBodyBytes) chunks.push(chunk)
  }
  return length <= maxBodyBytes ? Buffer.concat(chunks) : undefined
}
