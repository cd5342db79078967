import type { Size } from '../plan/geometry.ts'

/** How large a graphic says that it is. */
export interface OwnSize extends Size {
  /** The part of its plane that is shown, in its own units. */
  box: { x: number; y: number; width: number; height: number }
  /** Whether {@link box} fills the size to its edges. */
  filled: boolean
}

/** CSS pixels in one of each unit. Source: CSS Values and Units 4, section 6.2. */
const units: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  pt: 96 / 72,
  pc: 16,
}

/** Ratios that differ by less are one that was rounded. */
const tolerance = 0.01

/** The size that a root with these attributes has by itself; undefined where that is for its surroundings to say. */
export function readOwnSize(root: ReadonlyMap<string, string>): OwnSize | undefined {
  // A style goes before the attributes.
  if (/(?:width|height)\s*:/i.test(root.get('style') ?? '')) return undefined
  const [across, down] = [readLength(root.get('width')), readLength(root.get('height'))]
  const stated = readBox(root.get('viewBox'))
  if (across === 'relative' || down === 'relative') return undefined
  const width =
    across ?? (stated && (down === undefined ? stated.width : (stated.width / stated.height) * down))
  const height = down ?? (stated && width && (stated.height / stated.width) * width)
  if (!width || !height) return undefined
  const box = stated ?? { x: 0, y: 0, width, height }
  const alike = Math.abs(box.width / box.height / (width / height) - 1) < tolerance
  const stretched = /^\s*none\b/.test(root.get('preserveAspectRatio') ?? '')
  return { width, height, box, filled: alike || stretched }
}

/** In CSS pixels; undefined for a share of the surroundings, which is what no length is too. */
function readLength(text: string | undefined): number | 'relative' | undefined {
  if (text === undefined || /^\s*(?:[\d.]+%|auto)\s*$/.test(text)) return undefined
  const [, number = '', unit = ''] = /^\s*\+?(\d{0,9}\.?\d{0,9})\s*([a-z]*)\s*$/i.exec(text) ?? []
  const factor = units[unit.toLowerCase()]
  return number === '' || factor === undefined ? 'relative' : Number(number) * factor
}

function readBox(text: string | undefined): OwnSize['box'] | undefined {
  const [x, y, width, height, ...more] = (text ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  if (x === undefined || y === undefined || !width || !height || more.length > 0) return undefined
  return Number.isFinite(x + y) && width > 0 && height > 0 ? { x, y, width, height } : undefined
}
