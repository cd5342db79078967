import sharp, { type Sharp } from 'sharp'
import { drawSvg } from './drawing.ts'

/** Disc, bar and what looks like lines of text in few colours, with soft edges, drawn at this size; without a ground where `transparent`. */
export function makeGraphic(width: number, height: number, transparent = false): Sharp {
  const strokes = Array.from({ length: 180 }, (_, index) => {
    const [x, y] = [6 + (index % 18) * 5, 8 + Math.floor(index / 18) * 9]
    return `<path d="M${x} ${y}v${2 + (index % 3)}h${1 + (index % 2)}l${(index % 5) - 2} 2" stroke="#223" fill="none"/>`
  })
  const ground = transparent ? '' : '<rect width="150" height="100" fill="#fff"/>'
  const content = `${ground}<circle cx="120" cy="40" r="24" fill="#36c"/><rect x="104" y="70" width="40" height="20" rx="6" fill="#c36"/>${strokes.join('')}`
  const drawn = sharp(drawSvg(`width="${width}" height="${height}" viewBox="0 0 150 100"`, content))
  return transparent ? drawn : drawn.removeAlpha()
}
