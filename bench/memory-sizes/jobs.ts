import { decideTraced } from '../trace/site.ts'
import { playTrace } from '../trace/trace.ts'
import type { Cell } from '../transform/jobs.ts'

/** A transform of the mix, and how often it is. */
export interface WeightedCell extends Cell {
  /** Share of all variants that the trace has made, 0–1. */
  weight: number
}

/** Requests of the trace that are looked at, over as many originals. */
const looked = { requests: 50_000, originals: 1000 }

/**
 * `cells`, each with the share of the trace's variants that are most like it: of its format, and of the width that is nearest by
 * ratio; without a width as if it were 800. Each variant counts once, as it is made once.
 */
export function weighCells(cells: readonly Cell[]): WeightedCell[] {
  const counts = new Map<Cell, number>()
  const made = new Set<string>()
  for (const request of playTrace(looked)) {
    const { url, refusal } = decideTraced(request)
    if (request.intent !== 'picture' || refusal || !url) continue
    const name = `${url.path}?${url.query}`
    if (made.has(name)) continue
    made.add(name)
    const cell = findNearest(cells, url.query)
    if (cell) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  return cells.map((cell) => ({ ...cell, weight: (counts.get(cell) ?? 0) / made.size }))
}

function findNearest(cells: readonly Cell[], query: string): Cell | undefined {
  const width = Number(/(?:^|&)width=(\d+)/.exec(query)?.[1] ?? 800)
  const format = /(?:^|&)format=(?:auto\.)?(avif|webp)/.exec(query)?.[1] ?? 'jpeg'
  const distance = (cell: Cell) => Math.abs(Math.log(cell.width / width))
  return cells
    .filter((cell) => cell.format === format)
    .reduce<Cell | undefined>(
      (best, cell) => (best && distance(best) <= distance(cell) ? best : cell),
      undefined,
    )
}
