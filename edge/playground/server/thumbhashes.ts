import { setTimeout } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { encodeKey } from '../../../signer/encode-key.ts'
import type { EdgeInside } from '../../own-pages.ts'
import type { OriginalEntry } from '../api.ts'
import { askEdge } from './ask-edge.ts'
import { explainTarget } from './explain.ts'
import type { PlaygroundKey } from './playground-key.ts'

/** Milliseconds after which one looks whether others have done. */
const lookAgainMs = 50

/** More than a folder of a playground has. */
const maxRemembered = 5000

/** What the pipeline itself says of the originals, made one after the other in the background. */
export interface Thumbhashes {
  /** That of an original, where it is known; where it is not, it will be. '' where there is none. */
  find(original: OriginalEntry): string | undefined
  /** Runs `work`, and begins no other thumbhash meanwhile: what a person waits for comes first. */
  giveWayTo<Result>(work: () => Promise<Result>): Promise<Result>
  /** The same, once the one under way is done: for work that counts what it does itself. */
  pauseFor<Result>(work: () => Promise<Result>): Promise<Result>
  close(): void
}

/** None is known at first. */
export function createThumbhashes(inside: EdgeInside, key: PlaygroundKey): Thumbhashes {
  const known = new LRUCache<string, string>({ max: maxRemembered })
  const wanted = new Map<string, OriginalEntry>()
  let working = false
  let closed = false
  /** What others do meanwhile. */
  let others = 0
  let underWay: Promise<string | undefined> | undefined

  async function work(): Promise<void> {
    for (const [name, original] of wanted) {
      while (others > 0 && !closed) await setTimeout(lookAgainMs, undefined, { ref: false })
      if (closed) return
      underWay = makeThumbhash(original, inside, key).catch(() => undefined)
      const hash = await underWay
      if (hash !== undefined) known.set(name, hash)
      wanted.delete(name)
    }
  }

  async function giveWayTo<Result>(urgent: () => Promise<Result>): Promise<Result> {
    others++
    try {
      return await urgent()
    } finally {
      others--
    }
  }

  return {
    find(original) {
      const name = `${original.modifiedAt} ${original.bytes} ${original.key}`
      const hash = known.get(name)
      if (hash !== undefined) return hash
      wanted.set(name, original)
      if (!working) {
        working = true
        void work().finally(() => {
          working = false
        })
      }
      return undefined
    },
    giveWayTo,
    pauseFor: (counted) =>
      giveWayTo(async () => {
        await underWay
        return counted()
      }),
    close() {
      closed = true
    },
  }
}

/** Undefined where it may be had another time. */
async function makeThumbhash(
  original: OriginalEntry,
  inside: EdgeInside,
  key: PlaygroundKey,
): Promise<string | undefined> {
  // A bucket may have keys that no URL can name.
  if (!isKey(original.key)) return ''
  // A version of its own for each state of the file: what is cached of a former one may not have been invalidated yet.
  const version = `m${new Date(original.modifiedAt).getTime()}-${original.bytes}`
  const target = `/${encodeKey(original.key).path}?format=thumbhash&version=${version}`
  const { passes } = await explainTarget(target, {}, inside, key)
  // Signed it is what nobody but we asks for; open access needs no signature.
  const url = passes ? target : (await key.sign(target)).url
  const { status, headers, body } = await askEdge(inside.url, { target: url, headers: {} })
  if (status === 200 && headers['content-type']?.startsWith('text/plain')) return body.toString().trim()
  // Our own trouble passes; what is no picture stays none until it is replaced.
  return status >= 500 || status === 429 ? undefined : ''
}

function isKey(key: string): boolean {
  try {
    encodeKey(key)
    return true
  } catch {
    return false
  }
}
