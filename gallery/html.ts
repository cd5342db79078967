const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** `text` as HTML, within elements and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '')
}

/** `text` as code. */
export function formatCode(text: string): string {
  return `<code>${escapeHtml(text)}</code>`
}

/** Markdown of one line, of which only code is read. */
export function formatInline(markdown: string): string {
  return markdown
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? formatCode(part) : escapeHtml(part)))
    .join('')
}
