import { bundleScript } from '../bundle.ts'
import { startChild } from '../child.ts'
import { openScorer } from '../score.ts'
import { listCells, type ProductCell } from './cells.ts'
import { compareCell, type PairFigures, type ProductProcess, type Rival } from './compare.ts'
import { installProduct } from './install.ts'
import { prepareOriginals } from './originals.ts'
import { findInability, type Product, products } from './products.ts'

/** Everything a run measured. */
export interface ProductsFigures {
  /** Where the originals' pixels come from. */
  source: string
  /** Such as `ipx 3.1.1`. */
  versions: readonly string[]
  pairs: number
  cells: readonly PairFigures[]
  /** Cells in which one has no part, and why. */
  skipped: readonly string[]
}

/** All cells of the table, one after the other. */
export async function measureProducts(pairs: number): Promise<ProductsFigures> {
  const { source, originals } = await prepareOriginals()
  const scorer = await openScorer()
  const rivals: Rival[] = []
  const fovea = await start('fovea-process.ts')
  try {
    for (const product of products) {
      rivals.push({ product, child: await start(product.script, await installProduct(product)) })
    }
    const cells: PairFigures[] = []
    const skipped: string[] = []
    for (const cell of listCells(originals)) {
      const able = rivals.filter(({ product }) => note(product, cell, skipped))
      process.stderr.write(`${describe(cell)} …\n`)
      cells.push(...(await compareCell(fovea, able, cell, pairs, scorer)))
    }
    const versions = products.map(({ packages }) => Object.entries(packages)[0]?.join(' ') ?? '')
    return { source, versions, pairs, cells, skipped }
  } finally {
    for (const each of [fovea, ...rivals.map(({ child }) => child)]) each.stop()
    scorer.close()
  }
}

/** Each in a process of its own, since one process has one libvips, and all with the same environment. */
async function start(script: string, ...args: string[]): Promise<ProductProcess> {
  const { PATH = '' } = process.env
  const environment = { PATH, NODE_ENV: 'production' }
  return startChild(await bundleScript(new URL(script, import.meta.url)), { environment, args })
}

function note(product: Product, cell: ProductCell, skipped: string[]): boolean {
  const inability = findInability(product, cell)
  if (inability) skipped.push(`${describe(cell)}: ${inability}`)
  return inability === undefined
}

function describe({ original, width, format }: ProductCell): string {
  return `${original.name} → ${width} ${format}`
}
