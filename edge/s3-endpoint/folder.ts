/** Which keys are which files: the one place where a key becomes a path, and the rules that keep it inside the folder. */
import { createHash } from 'node:crypto'
import { type BigIntStats, constants } from 'node:fs'
import { type FileHandle, open, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { readSidecar, type Sidecar } from './sidecar.ts'

/** Bytes of UTF-8; S3's longest key. */
export const maxKeyBytes = 1024

export interface ObjectMetadata extends Sidecar {
  /** 32 hexadecimal digits in double quotes. */
  etag: string
  lastModifiedAt: Date
  sizeBytes: number
}

export type OpenedObject =
  | { found: true; handle: FileHandle; metadata: ObjectMetadata }
  | { found: false; code: 'NoSuchKey' | 'AccessDenied' }

/**
 * Opens the file of a key for reading; the caller closes the handle. `root` is the folder's real path. Metadata and bytes come
 * from the one handle, so a file replaced in the meantime cannot mix its ETag with another's content.
 */
export async function openObject(root: string, key: string): Promise<OpenedObject> {
  const missing = { found: false, code: 'NoSuchKey' } as const
  if (!isServableKey(key)) return missing
  try {
    const path = await realpath(join(root, key))
    // Resolved first, judged after: a symbolic link may lead anywhere.
    if (!isServablePath(root, path)) return missing
    // Not following a link that has only now been put there, nor waiting for the writer of a named pipe.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
    const metadata = await describeHandle(handle, path)
    return metadata === undefined ? missing : { found: true, handle, metadata }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES' || code === 'EPERM') return { found: false, code: 'AccessDenied' }
    if (code !== undefined && absentCodes.has(code)) return missing
    throw error
  }
}

/** Closes the handle unless it is that of a file. */
async function describeHandle(handle: FileHandle, path: string): Promise<ObjectMetadata | undefined> {
  let metadata: ObjectMetadata | undefined
  try {
    const stats = await handle.stat({ bigint: true })
    if (stats.isFile()) metadata = describe(stats, await readSidecar(path))
  } finally {
    if (metadata === undefined) await handle.close()
  }
  return metadata
}

/** Returns a listed file's metadata, or undefined where it has gone since, or was never servable. */
export async function describeObject(root: string, key: string): Promise<ObjectMetadata | undefined> {
  try {
    const path = join(root, key)
    return describe(await stat(path, { bigint: true }), await readSidecar(path))
  } catch {
    return undefined
  }
}

/** Whether a key may become a path at all: no empty, hidden, `.` or `..` segment, no NUL, and so nothing absolute; not too long. */
export function isServableKey(key: string): boolean {
  return Buffer.byteLength(key) <= maxKeyBytes && !key.includes('\0') && key.split('/').every(isVisible)
}

/** Whether a real path lies in the folder and outside its hidden parts. Both arguments have their links resolved. */
export function isServablePath(root: string, path: string): boolean {
  const inside = relative(root, path)
  // Outside means a first segment of `..`, which is hidden too.
  return inside === '' || inside.split(sep).every(isVisible)
}

/** What the file system says of a path that names no file: absent, under a file, too long, a loop, a socket, a bad name. */
const absentCodes = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ENXIO', 'EINVAL', 'EISDIR'])

function isVisible(segment: string): boolean {
  return segment !== '' && !segment.startsWith('.')
}

function describe(stats: BigIntStats, sidecar: Sidecar): ObjectMetadata {
  return { etag: deriveEtag(stats), lastModifiedAt: stats.mtime, sizeBytes: Number(stats.size), ...sidecar }
}

/**
 * Real S3 gives the MD5 of a simple upload (and something else for multipart or encrypted ones, so nobody may count on it). Reading
 * every file to hash it would cost more than serving it; size, time and inode change whenever a file is rewritten or replaced, but
 * not for a rewrite in place, of equal length, within one tick of the file system's clock (some milliseconds).
 */
function deriveEtag({ size, mtimeNs, ino }: BigIntStats): string {
  return `"${createHash('sha256').update(`${size} ${mtimeNs} ${ino}`).digest('hex').slice(0, 32)}"`
}
