/** A bar of a chart. */
export interface Bar {
  label: string
  value: number
  /** The value for people. */
  text: string
  /** Whether it is ours. */
  own?: boolean
}

const size = { width: 720, label: 210, value: 110, row: 24, head: 34 }

/** Horizontal bars as SVG, from nothing to the largest, with a title that says what they are of. */
export function drawBars(title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE)
  const room = size.width - size.label - size.value
  const rows = bars.map(({ label, value, text, own }, at) => {
    const y = size.head + at * size.row
    const width = Math.max(1, (value / most) * room)
    return [
      `<text x="${size.label - 8}" y="${y + 15}" text-anchor="end">${escapeXml(label)}</text>`,
      `<rect x="${size.label}" y="${y + 3}" width="${width.toFixed(1)}" height="16" fill="${own ? '#c2410c' : '#64748b'}"/>`,
      `<text x="${(size.label + width + 6).toFixed(1)}" y="${y + 15}">${escapeXml(text)}</text>`,
    ].join('\n')
  })
  const height = size.head + bars.length * size.row + 8
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${height}" viewBox="0 0 ${size.width} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${size.width}" height="${height}" fill="#ffffff"/>`,
    `<text x="8" y="20" font-weight="bold">${escapeXml(title)}</text>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n')
}

/** Text as XML has it, in an element. */
export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
