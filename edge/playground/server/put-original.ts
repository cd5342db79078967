import { randomBytes } from 'node:crypto'
import { lstat, open, rename, rm, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { sidecarPath } from '../../s3-endpoint/sidecar.ts'
import { describeFailure, findOriginalPath } from './original-path.ts'
import { Refusal } from './refusal.ts'

/**
 * Puts the body of `request` in as the original `key`, all of it or nothing, and returns whether there was one. As in S3, what was
 * kept beside the former (its sidecar) goes with it.
 *
 * @param limits how large it may be, and whether it may take the place of another.
 * @throws Refusal 400, 409, 413
 */
export async function putOriginal(
  folder: string,
  key: string,
  request: IncomingMessage,
  { maxBytes, replace }: { maxBytes: number; replace: boolean },
): Promise<boolean> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > maxBytes) throw refuseLength(announced, maxBytes)
  const path = await findOriginalPath(folder, key, true)
  // Before it is sent, and again once it is.
  await expectReplaceable(path, key, replace)
  // Hidden, so that it is no original, and in the same folder, so that it can be renamed.
  const unfinished = join(dirname(path), `.${randomBytes(8).toString('hex')}.unfinished`)
  try {
    await writeBody(request, unfinished, maxBytes)
    const replaced = await expectReplaceable(path, key, replace)
    // A link there is replaced, not followed.
    await rename(unfinished, path)
    await rm(sidecarPath(path), { force: true })
    return replaced
  } catch (error) {
    await rm(unfinished, { force: true })
    throw describeFailure(error, key)
  }
}

/**
 * Takes the original `key` away.
 *
 * @throws Refusal 400, 404, 409
 */
export async function deleteOriginal(folder: string, key: string): Promise<void> {
  const path = await findOriginalPath(folder, key, false)
  try {
    // Of a link what it leads to counts, as it is that which is served; it is the link that goes.
    if (!(await stat(path)).isFile()) throw describeFailure({ code: 'ENOENT' }, key)
    await rm(path)
    await rm(sidecarPath(path), { force: true })
  } catch (error) {
    throw describeFailure(error, key)
  }
}

async function writeBody(request: IncomingMessage, path: string, maxBytes: number): Promise<void> {
  const file = await open(path, 'wx')
  try {
    let bytes = 0
    // A request that is refused half-way is kept open, to be answered.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > maxBytes) throw refuseLength(bytes, maxBytes)
      await file.appendFile(chunk)
    }
  } finally {
    await file.close()
  }
}

function refuseLength(bytes: number, maxBytes: number): Refusal {
  return new Refusal(413, 'Too large', `expected at most ${maxBytes} bytes but received ${bytes} or more`)
}

/** Whether there is something in the place of the original. A folder, or a link to one, stays, and so does a file unless told. */
async function expectReplaceable(path: string, key: string, replace: boolean): Promise<boolean> {
  const target = await stat(path).catch(() => undefined)
  if (target?.isDirectory()) throw describeFailure({ code: 'EISDIR' }, key)
  const found = target !== undefined || (await lstat(path).catch(() => undefined)) !== undefined
  // It may be the only copy of somebody's picture.
  if (found && !replace) throw new Refusal(409, 'Already there', `expected replace=1, since there is ${key}`)
  return found
}
