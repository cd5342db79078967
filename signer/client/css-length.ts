import { invalidArgument } from '../invalid-argument.ts'

/** CSS pixels that the attribute `sizes` gives an image in a viewport of `viewport` CSS pixels. `auto` is left out: what follows it counts. */
export function readSizes(sizes: string, viewport: number): number {
  for (const entry of splitOutside(sizes.toLowerCase().replace(/\s+/g, ' '), ',')) {
    const parts = splitOutside(entry.trim(), ' ')
    const length = parts.pop() ?? ''
    if (length === 'auto') continue
    const condition = parts.join(' ')
    if (condition === '' || matchesMedia(condition, viewport)) return readLength(length, viewport)
  }
  // HTML: a list without a match is 100vw.
  return viewport
}

/** Parts of `text` between separators that stand in no parentheses. */
function splitOutside(text: string, separator: string): string[] {
  let depth = 0
  const marked = text.replace(/./g, (character) => {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0
    return character === separator && depth === 0 ? '\n' : character
  })
  return marked.split('\n')
}

/** Whether a media condition of widths, joined by `and`, holds. */
function matchesMedia(condition: string, viewport: number): boolean {
  return condition.split(' and ').every((part) => {
    const [, end, sign = '', limit] =
      /^\( ?(?:(min|max)-width ?:|width ?([<>]=?)) ?([\d.]+\w+) ?\)$/.exec(part) ?? []
    if (limit === undefined) throw unreadable(part)
    const difference = viewport - readLength(limit, viewport)
    if (difference === 0) return /^(?:..)?$/.test(sign)
    return difference > 0 === (end === 'min' || sign[0] === '>')
  })
}

/** CSS pixels of a length: `33vw`, `20rem`, `calc(100vw - 2rem)`, `min(100vw, 640px)`, `clamp(…)`. */
function readLength(text: string, viewport: number): number {
  const tokens = text.match(/[\d.]+[a-z]*|[a-z]+\(|[-+*/(),]|\S/g) ?? []
  // em and rem are those of a page that has not changed them.
  const pixelsPerUnit: Readonly<Record<string, number>> = {
    '': 1,
    px: 1,
    em: 16,
    rem: 16,
    vw: viewport / 100,
  }
  let at = 0
  const readSum = (): number => {
    let sum = readProduct()
    while (tokens[at] === '+' || tokens[at] === '-') sum += (tokens[at++] === '+' ? 1 : -1) * readProduct()
    return sum
  }
  const readProduct = (): number => {
    let product = readTerm()
    while (tokens[at] === '*' || tokens[at] === '/') {
      const divides = tokens[at++] === '/'
      const term = readTerm()
      product = divides ? product / term : product * term
    }
    return product
  }
  const readTerm = (): number => {
    const token = tokens[at++] ?? ''
    if (token.endsWith('(')) return readCall(token)
    const [, number, unit = ''] = /^(\d*\.?\d+)([a-z]*)$/.exec(token) ?? []
    const pixels = pixelsPerUnit[unit]
    if (number === undefined || pixels === undefined) throw unreadable(text)
    return Number(number) * pixels
  }
  const readCall = (name: string): number => {
    const values = [readSum()]
    while (tokens[at] === ',' && at++) values.push(readSum())
    if (tokens[at++] !== ')') throw unreadable(text)
    const [first = 0, middle = 0, last = 0] = values
    if (/^(?:calc)?\(1$/.test(name + values.length)) return first
    if (name === 'clamp(') return Math.max(first, Math.min(middle, last))
    if (name === 'min(') return Math.min(...values)
    if (name === 'max(') return Math.max(...values)
    throw unreadable(text)
  }
  const pixels = readSum()
  if (at < tokens.length || !Number.isFinite(pixels)) throw unreadable(text)
  return pixels
}

function unreadable(text: string): Error {
  return invalidArgument('sizes', 'px, vw, em, rem, calc, min, max, clamp, min-width', text)
}
