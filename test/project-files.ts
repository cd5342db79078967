import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * The project's own files, as paths from its root with `/`, in a stable order: all but what `.gitignore` lists as a
 * folder. Read from the disk, not from git, so that an unpacked archive has the same tests.
 */
export function listProjectFiles(): string[] {
  const ignored = new Set(
    readText('.gitignore')
      .split('\n')
      .filter((line) => line.endsWith('/'))
      .map((line) => line.slice(0, -1)),
  )
  return listFolder('').sort()

  function listFolder(folder: string): string[] {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.isFile()) return [path]
      return entry.isDirectory() && entry.name !== '.git' && !ignored.has(entry.name) ? listFolder(path) : []
    })
  }
}

/** The text of the file at `path`, from the project's root. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
