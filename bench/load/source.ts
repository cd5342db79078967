import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { shares } from '../trace/shares.ts'
import type { SigningKey } from '../trace/site.ts'
import { playTrace } from '../trace/trace.ts'
import { formatWireRequests, type WireRequest } from './wire-request.ts'

/** What a trace asks a deployment of one's own for, and as whom. */
export interface Source {
  /** Keys of originals, the most popular first. */
  keys: readonly string[]
  /** Undefined: nothing is signed. */
  signingKey?: SigningKey
}

/**
 * Reads the keys of originals from `file`, one in a line, and the signing key from FOVEA_KID and FOVEA_SECRET, as `fovea sign` does.
 *
 * @throws Error where there is no key, or one of the two without the other.
 */
export async function readSource(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Source> {
  if (file === undefined) throw new Error('expected --originals FILE: keys of originals, one in a line')
  const lines = (await readFile(resolve(file), 'utf8')).split('\n').map((line) => line.trim())
  const keys = lines.filter((line) => line !== '')
  if (keys.length === 0)
    throw new Error(`--originals: expected a key in each line but received none in ${file}`)
  const { FOVEA_KID: kid, FOVEA_SECRET: secret } = environment
  if (!kid !== !secret) throw new Error('expected both FOVEA_KID and FOVEA_SECRET, or neither')
  return { keys, signingKey: kid && secret ? { kid, secret } : undefined }
}

/** Requests of the trace for `source`, from now on. The sale is of the last of its keys. */
export function playSource(
  { keys, signingKey }: Source,
  requests: number,
  seconds: number,
  seed: number,
): Generator<WireRequest> {
  return formatWireRequests(
    playTrace({
      requests,
      seconds,
      seed,
      originals: Math.max(1, keys.length - 1),
      newOriginals: 1,
      sale: keys.length > 1 ? undefined : 0,
      flood: shares.flooded.value,
      startMs: Date.now(),
      signingKey,
      keyOf: (original) => keys[original % keys.length] as string,
    }),
  )
}
