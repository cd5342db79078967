import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { preparePhotographs } from '../photographs.ts'
import { findShared, type Original } from '../quality/corpus.ts'

/** One whose bytes are read. */
export interface LargeOriginal extends Original {
  open(): Promise<Buffer>
}

/** More of cameras, in `photos/` of the folder that FOVEA_SHARED names. */
const others = {
  '8 MP soil': 'jpg_iphone4s_o6.jpg',
  '8 MP herb': 'jpg_iphone5_o3.jpg',
  '16 MP soft': 'jpg_leica_t_16mp_o8.jpg',
} as const

/** Large JPEGs, a 12-megapixel one first. */
export async function listLargeOriginals(): Promise<{ source: string; originals: LargeOriginal[] }> {
  const shared = findShared()
  const { folder, source, photographs } = await preparePhotographs(shared)
  const prepared = photographs.map(({ name, key }) => ({ name, path: join(folder, key) }))
  const more = Object.entries(others).map(([name, file]) => ({
    name,
    path: join(shared ?? '', 'photos', file),
  }))
  const originals = [...prepared, ...more.filter(({ path }) => existsSync(path))].map(
    ({ name, path }): LargeOriginal => ({ name, kind: 'photograph', open: () => readFile(path) }),
  )
  return { source, originals }
}
