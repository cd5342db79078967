import { mkdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeKey } from '../../../signer/encode-key.ts'
import { isServableKey, isServablePath } from '../../s3-endpoint/folder.ts'
import { refuse } from './read-call.ts'
import { Refusal } from './refusal.ts'

/**
 * The path of the file that is the original `key`, for writing: its folder is the real one, inside the folder of the originals,
 * and the file itself may be there or not.
 *
 * Security: the key must be one that the edge serves, by the grammar's own rule and by that of the S3 endpoint, which knows no
 * hidden files and so no sidecars. Each folder on the way is resolved before it is judged: a symbolic link may lead anywhere.
 *
 * @param whether `make` the folders on the way.
 * @throws Refusal 400 for what no original can be called, 409 where something else is in the way, 404 where a folder is missing.
 */
export async function findOriginalPath(folder: string, key: string, make: boolean): Promise<string> {
  expectKey(key)
  const root = await realpath(folder)
  const segments = key.split('/')
  const name = segments.pop() ?? ''
  let parent = root
  for (const segment of segments) {
    const next = join(parent, segment)
    try {
      if (make) await mkdir(next).catch(ignoreExisting)
      parent = await realpath(next)
    } catch (error) {
      throw describeFailure(error, key)
    }
    if (!isServablePath(root, parent)) {
      throw new Refusal(409, 'Not in the folder', `expected a folder inside that of the originals for ${key}`)
    }
    if (!(await stat(parent)).isDirectory()) throw refuseFile(key)
  }
  const path = join(parent, name)
  // Where the system has other separators than a key: a name is a name.
  if (!isServablePath(root, path)) throw refuse('key', 'the key of an original', key)
  return path
}

function expectKey(key: string): void {
  try {
    encodeKey(key)
  } catch (error) {
    throw new Refusal(400, 'No key of an original', error instanceof Error ? error.message : String(error))
  }
  if (!isServableKey(key)) throw refuse('key', 'no name that begins with a dot', key)
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

/** What the file system says of a path that cannot be one, as an answer; anything else is thrown as it is. */
export function describeFailure(error: unknown, key: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return new Refusal(404, 'No such original', `expected the key of an original but received ${key}`)
    case 'ENAMETOOLONG':
      return refuse('key', 'names that the file system takes', key)
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
    case 'ENOTEMPTY':
    case 'ELOOP':
      return refuseFile(key)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Refusal(409, 'May not be written', `expected a folder that may be written for ${key}`)
    case 'ENOSPC':
      return new Refusal(507, 'The disk is full', `expected space for ${key}`)
    default:
      return error
  }
}

function refuseFile(key: string): Refusal {
  return new Refusal(
    409,
    'In the way',
    `expected folders and a file for ${key} but found a file where a folder, or a folder where a file should be`,
  )
}
