import { LRUCache } from 'lru-cache'
import { encodeKey } from '../../../signer/encode-key.ts'
import type { EdgeInside } from '../../own-pages.ts'
import type { OriginalEntry } from '../api.ts'
import { askEdge } from './ask-edge.ts'
import { explainTarget } from './explain.ts'
import type { PlaygroundKey } from './playground-key.ts'

/** More than a folder of a playground has. */
const maxRemembered = 5000

/** What the pipeline itself says of the originals, made one after the other in the background. */
export interface Thumbhashes {
  /** That of an original, where it is known; where it is not, it will be. '' where there is none. */
  find(original: OriginalEntry): string | undefined
  /** Runs `work` while none is made, so that it can count what it does itself. */
  pauseFor<Result>(work: () => Promise<Result>): Promise<Result>
  close(): void
}

/** None is known at first. */
export function createThumbhashes(inside: EdgeInside, key: PlaygroundKey): Thumbhashes {
  const known = new LRUCache<string, string>({ max: maxRemembered })
  const wanted = new Map<string, OriginalEntry>()
  let working = false
  let closed = false
  /** What is done one after the other. */
  let turn: Promise<unknown> = Promise.resolve()

  function takeTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const taken = turn.then(work)
    turn = taken.catch(() => {})
    return taken
  }

  async function work(): Promise<void> {
    for (const [name, original] of wanted) {
      if (closed) return
      const hash = await takeTurn(() => makeThumbhash(original, inside, key)).catch(() => undefined)
      if (hash !== undefined) known.set(name, hash)
      wanted.delete(name)
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
    pauseFor: takeTurn,
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
