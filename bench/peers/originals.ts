import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cutOut, pan } from '../drawn.ts'
import { keepFile } from '../kept-file.ts'
import { preparePhotographs } from '../photographs.ts'
import type { PeerOriginal } from './cells.ts'

/** Part of the folder's name: raise it with any change to what is made. */
const recipeVersion = 1

/** Two large photographs, a transparent picture of two megapixels and an animation, and where their pixels come from. */
export async function prepareOriginals(): Promise<{ source: string; originals: PeerOriginal[] }> {
  const { source, folder: camera, photographs } = await preparePhotographs()
  const folder = join(tmpdir(), `fovea-bench-peers-originals-${recipeVersion}`)
  await mkdir(folder, { recursive: true })
  const [transparent, animation] = ['transparent.png', 'animation.gif'].map((key) => join(folder, key))
  if (!transparent || !animation) throw new Error('expected two files')
  await keepFile(transparent, async (path) => writeFile(path, await cutOut()))
  await keepFile(animation, async (path) => writeFile(path, await pan()))
  return {
    source,
    originals: [
      ...photographs.map(
        ({ name, key }): PeerOriginal => ({ name, file: join(camera, key), kind: 'photograph' }),
      ),
      { name: 'PNG', file: transparent, kind: 'transparent' },
      { name: 'GIF', file: animation, kind: 'animation' },
    ],
  }
}
