import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root } from '../project.ts'
import type { Credentials } from '../signature-v4.ts'

/** Where a KeyValueStore of the local edge is, and the keys to its API. */
export interface KeyValueStoreAccess {
  /** `http://localhost:PORT`. */
  endpoint: string
  arn: string
  /** Of no use to another process of the local edge. */
  credentials: Credentials
}

/** Where `npm start` leaves the access to its store, for the commands of this machine. */
export const accessFile = join(root, 'build/edge/key-value-store.json')

/**
 * Writes the access as JSON (`endpoint`, `arn`, `accessKeyId`, `secretAccessKey`), for this user alone to read.
 *
 * @returns what removes the file again, unless another process has written its own there since.
 */
export async function writeAccessFile(
  path: string,
  { endpoint, arn, credentials }: KeyValueStoreAccess,
): Promise<() => Promise<void>> {
  const { accessKeyId, secretAccessKey } = credentials
  const text = `${JSON.stringify({ endpoint, arn, accessKeyId, secretAccessKey }, null, 2)}\n`
  await mkdir(dirname(path), { recursive: true })
  // Beside it, then in its place: a mode is taken only by a file that is new, and nobody reads half a file.
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
  await rename(draft, path)
  return async () => {
    const found = await readFile(path, 'utf8').catch(() => undefined)
    if (found === text) await rm(path, { force: true })
  }
}
