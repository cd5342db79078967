import { escapeXml } from './bars.ts'

/** A line of a chart: a value for each step. */
export interface Line {
  label: string
  values: readonly number[]
  /** Whether it is what was asked for, drawn in grey, and not what was got. */
  asked?: boolean
}

const size = { width: 720, height: 260, left: 56, right: 130, top: 36, bottom: 34 }

const colours = ['#c2410c', '#1d4ed8', '#15803d']

/** Lines over the same steps as SVG, from nothing to the largest, with a title and what a step is, such as `s`. */
export function drawLines(title: string, step: string, lines: readonly Line[]): string {
  const most = Math.max(...lines.flatMap(({ values }) => values), 1)
  const steps = Math.max(...lines.map(({ values }) => values.length), 2)
  const room = {
    width: size.width - size.left - size.right,
    height: size.height - size.top - size.bottom,
  }
  const x = (at: number) => size.left + (at / (steps - 1)) * room.width
  const y = (value: number) => size.top + (1 - value / most) * room.height
  let own = 0
  const drawn = lines.flatMap(({ label, values, asked }, number) => {
    const colour = asked ? '#64748b' : (colours[own++ % colours.length] as string)
    const points = values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
    return [
      `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"${asked ? ' stroke-dasharray="6 4"' : ''}/>`,
      `<text x="${size.width - size.right + 12}" y="${size.top + 12 + number * 20}" fill="${colour}">${escapeXml(label)}</text>`,
    ]
  })
  const marks = [0, 0.5, 1].map((share) => {
    const value = share * most
    return `<text x="${size.left - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${Number(value.toPrecision(3))}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${size.width}" height="${size.height}" fill="#ffffff"/>`,
    `<text x="8" y="20" font-weight="bold">${escapeXml(title)}</text>`,
    `<path d="M${size.left} ${size.top}V${size.top + room.height}H${size.left + room.width}" fill="none" stroke="#94a3b8"/>`,
    ...marks,
    `<text x="${size.left}" y="${size.height - 10}">0</text>`,
    `<text x="${size.left + room.width}" y="${size.height - 10}" text-anchor="end">${steps - 1} ${escapeXml(step)}</text>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n')
}
