/**
 * Letters as single strokes on a grid 6 high, so that drawings do not depend on the fonts of the machine that renders
 * them. Only the characters that the chart uses.
 */
const GLYPHS: Readonly<Record<string, { width: number; path: string }>> = {
  ' ': { width: 1.6, path: '' },
  '°': { width: 1.6, path: 'M.8 0A.8.8 0 1 1 .79 0' },
  '0': { width: 3.8, path: 'M1.9 0C3.1 0 3.8 1.2 3.8 3S3.1 6 1.9 6 0 4.8 0 3 .7 0 1.9 0Z' },
  '2': { width: 3.8, path: 'M.1 1.6C.2.6 1 0 2 0 3 0 3.7.7 3.7 1.6 3.7 3 1.5 4.2 0 6H3.8' },
  '4': { width: 4, path: 'M3 6V0L0 4.3H4' },
  '6': { width: 4, path: 'M3.1 0C1.2 1.2 0 2.6 0 4 0 5.2.8 6 2 6S4 5.2 4 4 3.2 2.2 2 2.2.2 3 .1 3.6' },
  A: { width: 4.2, path: 'M0 6L2.1 0 4.2 6M.7 4H3.5' },
  B: {
    width: 3.8,
    path: 'M0 2.9H2C3 2.9 3.5 2.3 3.5 1.5 3.5.6 3 0 2 0H0V6H2.1C3.2 6 3.8 5.4 3.8 4.4S3.2 2.9 2 2.9',
  },
  C: { width: 4.2, path: 'M4.2 1.3C3.7.5 3 0 2.2 0 .9 0 0 1.2 0 3S.9 6 2.2 6C3 6 3.7 5.5 4.2 4.7' },
  D: { width: 4.2, path: 'M0 0V6H1.6C3.3 6 4.2 4.8 4.2 3S3.3 0 1.6 0Z' },
  E: { width: 3.4, path: 'M3.4 0H0V6H3.4M0 3H2.9' },
  F: { width: 3.3, path: 'M3.3 0H0V6M0 3H2.8' },
  G: { width: 4.4, path: 'M4.1 1.2C3.6.5 3 0 2.2 0 .9 0 0 1.2 0 3S.9 6 2.2 6C3.5 6 4.4 5 4.4 3.3H2.5' },
  H: { width: 4, path: 'M0 0V6M4 0V6M0 3H4' },
  I: { width: 0.2, path: 'M.1 0V6' },
  L: { width: 3.2, path: 'M0 0V6H3.2' },
  M: { width: 4.8, path: 'M0 6V0L2.4 3.8 4.8 0V6' },
  N: { width: 4.1, path: 'M0 6V0L4.1 6V0' },
  O: { width: 4.6, path: 'M2.3 0C3.7 0 4.6 1.2 4.6 3S3.7 6 2.3 6 0 4.8 0 3 .9 0 2.3 0Z' },
  P: { width: 3.6, path: 'M0 6V0H2C3.1 0 3.6.7 3.6 1.7S3.1 3.4 2 3.4H0' },
  R: { width: 3.7, path: 'M0 6V0H2C3.1 0 3.6.7 3.6 1.7S3.1 3.4 2 3.4H0M2 3.4L3.7 6' },
  S: {
    width: 3.8,
    path: 'M3.6 1.1C3.3.4 2.7 0 1.9 0 .9 0 .2.6.2 1.5.2 3.6 3.8 2.4 3.8 4.5 3.8 5.4 3 6 1.9 6 1 6 .3 5.6 0 4.8',
  },
  T: { width: 4, path: 'M0 0H4M2 0V6' },
  V: { width: 4.2, path: 'M0 0L2.1 6 4.2 0' },
}

const LETTER_GAP = 1.5
const STROKE_WIDTH = 0.72

/**
 * Returns an SVG group that draws a line of capitals with its top left corner, or top middle, at a point.
 *
 * @param heightPixels height of a capital
 * @throws when a character has no glyph
 */
export function drawLetters(
  text: string,
  place: { x: number; y: number; heightPixels: number; colour: string; anchor?: 'start' | 'middle' },
): string {
  let pen = 0
  const letters: string[] = []
  for (const character of text) {
    const glyph = GLYPHS[character]
    if (glyph === undefined) throw new Error(`expected a character with a glyph but received "${character}"`)
    if (glyph.path !== '')
      letters.push(`<path transform="translate(${pen.toFixed(2)} 0)" d="${glyph.path}"/>`)
    pen += glyph.width + LETTER_GAP
  }
  const scale = place.heightPixels / 6
  const left = place.anchor === 'middle' ? place.x - ((pen - LETTER_GAP) * scale) / 2 : place.x
  return `<g transform="translate(${left.toFixed(1)} ${place.y}) scale(${scale.toFixed(3)})" fill="none" stroke="${place.colour}" stroke-width="${STROKE_WIDTH}" stroke-linecap="round" stroke-linejoin="round">${letters.join('')}</g>`
}
