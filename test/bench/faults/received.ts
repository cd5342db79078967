import { createHash } from 'node:crypto'
import type { Received } from '../../../bench/faults/send.ts'

/** An answer of 200 with this body, sent at 1,000 and ended at 1,010, but for what is given. */
export function receive(body: Buffer | string, given: Partial<Received> = {}): Received {
  const bytes = Buffer.from(body)
  return {
    target: { url: '/a.jpg?width=160', headers: {}, key: 'a.jpg' },
    stream: 'fresh',
    sentAt: 1000,
    endedAt: 1010,
    firstByteMs: 5,
    status: 200,
    headers: { 'content-type': 'image/png', etag: '"one"', 'x-cache': 'Miss from cloudfront' },
    bytes: bytes.length,
    digest: createHash('sha256').update(bytes).digest('hex'),
    ...given,
  }
}
