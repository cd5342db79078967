import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Edge, startEdge } from '../../edge/edge.ts'
import type { Client, Received, Target } from './send.ts'
import { writeOriginal } from './targets.ts'

/** What a healthy edge answers. */
export interface Fresh {
  status: number
  /** SHA-256 of the body. */
  digest: string
  /** `Content-Type`. */
  type: string
}

/** A healthy edge, which is asked for what is right. */
export interface Truth {
  edge: Edge
  /** Puts an original, or another content of one, in force from now on for {@link answer}. */
  put(key: string, bytes: Buffer, generation?: string): Promise<void>
  /**
   * What is right for `target` with the original of a generation; asked for once.
   *
   * @param generation as it was put. Default: the first.
   */
  answer(target: Target, generation?: string): Promise<Fresh>
  close(): Promise<void>
}

/** Times that it is asked: a machine that is busy with faults may be too slow for it too. */
const attempts = 3

/** Starts it, with no originals as yet. Its Lambda, its S3 and its cache are its own. */
export async function startTruth(client: Client, assembly?: string): Promise<Truth> {
  const folder = await mkdtemp(join(tmpdir(), 'fovea-truth-'))
  const edge = await startEdge({
    originals: folder,
    port: 0,
    concurrency: 1000,
    sandboxes: 2,
    assembly,
    lambdaLog: () => {},
  })
  const known = new Map<string, Promise<Fresh>>()
  return {
    edge,
    put: (key, bytes, generation) => writeOriginal(folder, placeOf(key, generation), bytes),
    answer(target, generation) {
      const url = placeOf(target.sameAs ?? target.url, generation)
      const name = `${url} ${JSON.stringify(target.headers)}`
      const asked = known.get(name) ?? ask(client, edge, { ...target, url })
      known.set(name, asked)
      return asked
    },
    async close() {
      await edge.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Later generations are originals of their own: what an original is called decides nothing of a picture's bytes. */
function placeOf(path: string, generation: string | undefined): string {
  if (generation === undefined) return path
  return path.startsWith('/') ? `/${generation}${path}` : `${generation}/${path}`
}

/** @throws Error where it fails again and again: nothing can be compared with that. */
async function ask(client: Client, edge: Edge, target: Target): Promise<Fresh> {
  for (let attempt = 1; ; attempt++) {
    const received = await client.send(edge.url, target, 'truth')
    const { status, digest } = received
    if (status > 0 && status < 500) return { status, digest, type: readType(received) }
    if (attempt === attempts) {
      throw new Error(`expected ${target.url} of a healthy edge but received ${status}, ${attempts} times`)
    }
    // An error is kept for a second.
    await setTimeout(1500)
  }
}

/** The media type of an answer. */
export function readType({ headers }: Received): string {
  return String(headers['content-type'] ?? '')
}
