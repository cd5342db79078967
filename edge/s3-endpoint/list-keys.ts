import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isServableKey, isServablePath } from './folder.ts'

/**
 * Returns the keys of all servable files under `root` (a real path) that begin with `prefix`, in S3's order: by bytes of UTF-8.
 * Reads the folders anew each time, but only those that can hold the prefix. The prefix never becomes a path.
 */
export async function listKeys(root: string, prefix: string): Promise<string[]> {
  const found: string[] = []

  async function visit(folder: string, folderKey: string, above: readonly string[]): Promise<void> {
    // A link to a folder that we stand in would have no end.
    if (above.includes(folder)) return
    for (const entry of await readFolder(folder)) {
      const key = folderKey + entry.name
      if (!isServableKey(key)) continue
      const target = await resolveEntry(root, folder, entry)
      if (target?.kind === 'file' && key.startsWith(prefix)) found.push(key)
      const below = `${key}/`
      if (target?.kind === 'folder' && (below.startsWith(prefix) || prefix.startsWith(below))) {
        await visit(target.path, below, [...above, folder])
      }
    }
  }

  await visit(root, '', [])
  return found
    .map((key) => ({ key, bytes: Buffer.from(key) }))
    .sort((a, b) => a.bytes.compare(b.bytes))
    .map(({ key }) => key)
}

type Target = { kind: 'file' | 'folder'; path: string }

async function resolveEntry(root: string, folder: string, entry: Dirent): Promise<Target | undefined> {
  const path = join(folder, entry.name)
  if (entry.isFile()) return { kind: 'file', path }
  if (entry.isDirectory()) return { kind: 'folder', path }
  if (!entry.isSymbolicLink()) return undefined
  try {
    const real = await realpath(path)
    if (!isServablePath(root, real)) return undefined
    const stats = await stat(real)
    if (stats.isFile()) return { kind: 'file', path: real }
    return stats.isDirectory() ? { kind: 'folder', path: real } : undefined
  } catch {
    return undefined
  }
}

/** A folder that has vanished or may not be read has no keys to show. */
async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
