import type { Machine } from '../machine.ts'
import type { FittedRow } from './fit.ts'
import type { Format } from './measure.ts'
import { formats } from './measure.ts'

/** What the header of the table tells. */
export interface Provenance {
  /** ISO 8601, the day. */
  date: string
  /** Names of the pictures. */
  corpus: readonly string[]
  widths: readonly number[]
  scorer: string
  machine: Pick<Machine, 'sharp' | 'libvips'>
}

/** The TypeScript of `transformer/plan/quality-table.ts`. */
export function formatTableFile(rows: readonly FittedRow[], provenance: Provenance): string {
  const { date, corpus, widths, scorer, machine } = provenance
  const line = ({ quality, equals }: FittedRow) =>
    `  { quality: ${quality}, ${formats.map((format) => `${format}: ${equals[format].quality}`).join(', ')} },`
  const spread = (format: Format) => rows.map(({ equals }) => equals[format].deviation.toFixed(0)).join(', ')
  return `// Written by \`npm run bench:quality -- --fit\`; do not edit.

/**
 * Equal looks: the quality of plain JPEG (4:2:0, sharp's defaults), and the qualities at which our encoders have the same
 * SSIMULACRA 2 score.
 *
 * Measured ${date} at ${widths.join(', ')} px, with sharp ${machine.sharp}, libvips ${machine.libvips}, ${scorer}, on
 * ${wrap(corpus.join(', '))}.
 *
 * Standard deviation over the pictures, row by row without the ends: JPEG ${spread('jpeg')}; WebP ${spread('webp')};
 * AVIF ${spread('avif')}.
 */
export const qualityTable = [
  { quality: 1, jpeg: 1, webp: 1, avif: 1 },
${rows.map(line).join('\n')}
  { quality: 100, jpeg: 100, webp: 100, avif: 100 },
] as const
`
}

/** Lines of a comment. */
function wrap(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line.length + word.length > 110) {
      lines.push(line)
      line = ''
    }
    line += line ? ` ${word}` : word
  }
  return [...lines, line].join('\n * ')
}
