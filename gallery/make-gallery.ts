import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pictured } from '../docs/examples.ts'
import { createExhibitor, type Exhibit } from './exhibit.ts'
import { clearFolder, type Hung, hangExhibits, hangOriginal, type Original } from './hang.ts'
import { findMissing } from './missing.ts'
import { creditPhotograph, makePictures, photographKey } from './originals.ts'
import { formatPage } from './page.ts'

/** What was made. */
export interface GallerySummary {
  /** Path of the page. */
  page: string
  exhibits: number
  bytes: number
}

/**
 * Writes the gallery into `folder`, which is emptied.
 *
 * @param image a photograph in place of the sample.
 * @throws Error where a parameter has no example, an example gives no picture, or `image` cannot be read.
 */
export async function makeGallery(folder: string, image?: string): Promise<GallerySummary> {
  const missing = findMissing()
  if (missing.length > 0) {
    throw new Error(`expected an example of ${missing.join(', ')} among those to look at in docs/examples.ts`)
  }
  const pictures = await makePictures(image)
  const exhibit = createExhibitor(pictures)
  // sharp is loaded with the first: a time that would be told of that one.
  await exhibit({ request: `/${photographKey}?w=64` })
  const made: [name: string, exhibits: Exhibit[]][] = []
  for (const [name, examples] of Object.entries(pictured)) {
    const exhibits: Exhibit[] = []
    // One at a time, as the times are told.
    for (const example of examples) exhibits.push(await exhibit(example))
    made.push([name, exhibits])
  }
  // Only now: what fails above leaves the former gallery.
  await clearFolder(folder)
  const hung = await hangExhibits(
    made.flatMap(([, exhibits]) => exhibits),
    folder,
  )
  const originals = await hangAll(pictures, folder)
  const photograph = originals[photographKey]
  if (!photograph) throw new Error(`expected an original ${photographKey}`)
  const page = join(folder, 'index.html')
  await writeFile(
    page,
    formatPage({
      groups: group(made, hung),
      originals,
      photograph,
      credit: image === undefined ? creditPhotograph() : basename(image),
      style: await readFile(new URL('style.css', import.meta.url), 'utf8'),
    }),
  )
  return { page, exhibits: hung.length, bytes: hung.reduce((sum, { bytes }) => sum + bytes, 0) }
}

async function hangAll(
  pictures: Readonly<Record<string, Buffer>>,
  folder: string,
): Promise<Record<string, Original>> {
  const originals: Record<string, Original> = {}
  for (const [key, bytes] of Object.entries(pictures)) originals[key] = await hangOriginal(key, bytes, folder)
  return originals
}

function group(
  made: readonly (readonly [name: string, exhibits: readonly Exhibit[]])[],
  hung: readonly Hung[],
): Record<string, Hung[]> {
  let at = 0
  return Object.fromEntries(
    made.map(([name, exhibits]) => {
      const from = at
      at += exhibits.length
      return [name, hung.slice(from, at)]
    }),
  )
}
