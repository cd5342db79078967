import { access, rename } from 'node:fs/promises'

/**
 * Has `make` write the file at `path` unless it is there. It arrives by a rename, so that a start that is killed leaves no half
 * of it.
 */
export async function keepFile(path: string, make: (path: string) => Promise<unknown>): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  )
  if (exists) return
  const unfinished = `${path}.${process.pid}`
  await make(unfinished)
  await rename(unfinished, path)
}
