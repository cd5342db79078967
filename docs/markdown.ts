/** A Markdown table; bars within cells are escaped. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(formatRow).join('\n')
}

function formatRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`
}

/** `text` as code. */
export function code(text: string): string {
  return `\`${text}\``
}

/** What stands at the head of a generated page. */
export const generatedNotice =
  '<!-- Written by docs/generate.ts from the tables in grammar/: change those, then run `npx tsx docs/generate.ts`. -->'
