import sharp from 'sharp'
import type { Generations } from './generations.ts'
import type { Received } from './send.ts'
import { type Fresh, readType, type Truth } from './truth.ts'

/** Why bytes are not what a viewer is owed. */
export type Flaw =
  | 'cut off'
  | 'shorter than it said'
  | 'other bytes'
  | 'two bodies of one ETag'
  | 'not decodable'
  | 'another error'

/** What an answer was worth. */
export type Verdict =
  /** What a healthy edge answers, of a content that the original may have had at that moment. */
  | { kind: 'right'; stale: boolean }
  /** An honest error instead of it. */
  | { kind: 'error'; status: number }
  | { kind: 'wrong'; flaw: Flaw }

export interface Judge {
  /** Takes the body of an answer before it is judged: each different one is decoded once. */
  see(received: Received, body: Buffer): void
  judge(received: Received): Promise<Verdict>
}

/** Holds answers against the truth. One for each run: an ETag means one body throughout it. */
export function createJudge(truth: Pick<Truth, 'answer'>, generations: Generations): Judge {
  const decoded = new Map<string, Promise<boolean>>()
  const digests = new Map<string, string>()
  return {
    see({ digest, status, headers }, body) {
      if (status === 200 && /^image\//.test(String(headers['content-type'])) && !decoded.has(digest)) {
        decoded.set(digest, decodes(body))
      }
    },
    async judge(received) {
      const { status, broken, target, sentAt, endedAt, headers, digest } = received
      if (broken === 'no answer') return { kind: 'error', status: 0 }
      if (broken) return { kind: 'wrong', flaw: broken }
      if (status === 200 && !nameOnce(digests, String(headers.etag), digest)) {
        return { kind: 'wrong', flaw: 'two bodies of one ETag' }
      }
      if (status === 200 && (await decoded.get(digest)) === false)
        return { kind: 'wrong', flaw: 'not decodable' }
      if (target.expected) {
        return target.expected.includes(status) ? { kind: 'right', stale: false } : { kind: 'error', status }
      }
      const allowed = generations.allowed(target.key, sentAt, endedAt)
      const right = await Promise.all(
        allowed.map(({ generation, gone }) => (gone ? missing : truth.answer(target, generation))),
      )
      if (right.some((fresh) => isSame(received, fresh))) return { kind: 'right', stale: isStale(received) }
      if (status >= 400) return { kind: 'error', status }
      return { kind: 'wrong', flaw: status === 200 ? 'other bytes' : 'another error' }
    },
  }
}

/** What is answered where there is no original. */
const missing: Fresh = { status: 404, digest: '', type: 'application/problem+json' }

/** Whether an answer is what a healthy edge gives: the bytes of a picture; of an error its status and kind. */
export function isSame(received: Received, fresh: Fresh): boolean {
  if (received.status !== fresh.status) return false
  return fresh.status < 300 ? received.digest === fresh.digest : readType(received) === fresh.type
}

/** Whether the name is new, or was given to the same digest. */
function nameOnce(digests: Map<string, string>, name: string, digest: string): boolean {
  const known = digests.get(name)
  digests.set(name, known ?? digest)
  return known === undefined || known === digest
}

/** Older than it may be fresh, by its own headers. */
function isStale({ headers, status }: Received): boolean {
  const [, seconds] = /s-maxage=(\d+)/.exec(String(headers['cache-control'])) ?? []
  return status === 200 && seconds !== undefined && Number(headers.age ?? 0) > Number(seconds)
}

async function decodes(body: Buffer): Promise<boolean> {
  try {
    await sharp(body, { failOn: 'warning', pages: -1, limitInputPixels: false }).stats()
    return true
  } catch {
    return false
  }
}
