import type { Hung, Original } from './hang.ts'
import { escapeHtml, formatInline } from './html.ts'

/** Characters of a JSON text on one line of a card. */
const indent = 1

/**
 * One exhibit: picture, URL, what it came to.
 *
 * @param widest pixels that fill the width of a card.
 * @param original where it is not the photograph of the whole page.
 */
export function formatCard(exhibit: Hung, widest: number, original: Original | undefined): string {
  const { note, example, canonical, disposition } = exhibit
  const viewer = example.viewer ? `<p class="viewer">${escapeHtml(example.viewer)}</p>` : ''
  const saved = disposition ? `<p class="viewer">${escapeHtml(disposition)}</p>` : ''
  const from = original
    ? `<p class="from"><img src="${original.file}" alt="" width="${original.width}" height="${original.height}">of ${original.originalWidth} × ${original.originalHeight}</p>`
    : ''
  return `    <article>
      <div class="stage">${formatBody(exhibit, widest)}</div>
      <div class="text">
        <p class="url" title="${escapeHtml(canonical)}">${formatQuery(example.request)}</p>
        ${viewer}${saved}
        ${note ? `<p class="note">${formatInline(note)}</p>` : ''}
        <p class="facts">${formatFacts(exhibit)}</p>
        ${from}
      </div>
    </article>`
}

/** Format, size, bytes and time, as far as they are known. */
export function formatFacts({
  type,
  bytes,
  width,
  height,
  milliseconds,
}: Pick<Hung, 'type' | 'bytes' | 'width' | 'height'> & { milliseconds?: number }): string {
  const isPicture = type.startsWith('image/')
  const format = type.replace('image/', '').replace('application/', '').replace('text/plain', 'text')
  const facts = [
    format === 'webp' ? 'WebP' : format.toUpperCase(),
    ...(isPicture ? [`${width} × ${height}`] : []),
    formatBytes(bytes),
    ...(milliseconds === undefined ? [] : [`${Math.max(1, Math.round(milliseconds))} ms`]),
  ]
  return facts.map((fact) => `<span>${fact}</span>`).join('')
}

function formatBody(exhibit: Hung, widest: number): string {
  const { file, preview, text, width, height } = exhibit
  const picture = file ?? preview
  // A placeholder stands for all of its picture; what is too large for the scale of its group, or tall, still fits.
  const share = file ? Math.min(width / widest, width / Math.max(width, (height * 4) / 3)) : 1
  const alt = escapeHtml(exhibit.example.request)
  const drawn = picture
    ? `<img loading="lazy"${file ? '' : ' class="placeholder"'} src="${picture}" alt="${alt}" width="${width}" height="${height}" style="--share:${share.toFixed(4)}">`
    : ''
  if (text === undefined) return drawn
  return `${drawn}<pre${picture ? ' class="over"' : ''}>${escapeHtml(indentJson(text))}</pre>`
}

function indentJson(text: string): string {
  return text.startsWith('{') ? JSON.stringify(JSON.parse(text), null, indent) : text
}

function formatBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} kB`
}

/** The query, which is what differs, with values set off from names; the path where there is none. */
function formatQuery(request: string): string {
  const [path = '', query = ''] = request.split('?')
  if (!query) return escapeHtml(path)
  const pairs = query.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split('=')
    return `${escapeHtml(name)}=<b>${escapeHtml(decodeURIComponent(value))}</b>`
  })
  return `<i>?</i>${pairs.join('<wbr><i>&amp;</i>')}`
}
