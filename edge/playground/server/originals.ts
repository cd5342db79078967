import { realpath, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { EdgeInside } from '../../own-pages.ts'
import { listKeys } from '../../s3-endpoint/list-keys.ts'
import type { OriginalEntry, PutOriginal } from '../api.ts'
import { readDeployedSettings } from './deployed-settings.ts'
import { deleteOriginal, putOriginal } from './put-original.ts'
import { readFlag, readKeyParameter } from './read-call.ts'
import { Refusal } from './refusal.ts'
import { listRemoteOriginals } from './remote-originals.ts'
import type { Thumbhashes } from './thumbhashes.ts'

/** Originals that are told of at most: what a page can show. */
const maxListed = 2000

/** What lies beside pictures and is none: words about them. */
const wordsPattern = /\.(?:txt|md|json|html?|[ct]sv)$/i

/** The originals, by key. */
export async function listOriginals(inside: EdgeInside, thumbhashes: Thumbhashes): Promise<OriginalEntry[]> {
  const { originals } = inside
  const entries =
    typeof originals === 'string'
      ? await listFolder(originals)
      : await listRemoteOriginals(originals, maxListed)
  return entries
    .filter(({ key }) => !wordsPattern.test(key))
    .map((entry) => ({ ...entry, thumbhash: thumbhashes.find(entry) || undefined }))
}

async function listFolder(folder: string): Promise<OriginalEntry[]> {
  const root = await realpath(folder)
  const keys = (await listKeys(root, '')).slice(0, maxListed)
  const entries = await Promise.all(keys.map((key) => describe(root, key)))
  return entries.filter((entry) => entry !== undefined)
}

/** Puts in what the request carries, and describes it. */
export async function putOriginalOf(
  inside: EdgeInside,
  query: string,
  request: IncomingMessage,
): Promise<PutOriginal> {
  const key = readKeyParameter(query)
  const folder = expectFolder(inside)
  const { maxSourceBytes } = readDeployedSettings(inside.deployment())
  const limits = { maxBytes: maxSourceBytes, replace: readFlag(query, 'replace') }
  const replaced = await putOriginal(folder, key, request, limits)
  const entry = await describe(await realpath(folder), key)
  if (!entry) throw new Refusal(409, 'Gone again', `expected ${key}, which was put in, but found none`)
  return { ...entry, replaced }
}

/** Takes away the original that the query names. */
export async function deleteOriginalOf(inside: EdgeInside, query: string): Promise<void> {
  await deleteOriginal(expectFolder(inside), readKeyParameter(query))
}

function expectFolder({ originals }: EdgeInside): string {
  if (typeof originals === 'string') return originals
  throw new Refusal(
    409,
    'Not a folder',
    'expected originals in a folder of this machine, but they are in another S3',
  )
}

/** Undefined where it has gone since it was listed. */
async function describe(root: string, key: string): Promise<OriginalEntry | undefined> {
  const stats = await stat(join(root, key)).catch(() => undefined)
  return stats?.isFile() ? { key, bytes: stats.size, modifiedAt: stats.mtime.toISOString() } : undefined
}
