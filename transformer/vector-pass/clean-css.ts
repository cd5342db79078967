import { Unclean } from './unclean.ts'

/** Pixels, and letters, that are within the document itself. SVG is no such thing: it could hold what is left out here. */
const dataPattern = {
  image: /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*$/i,
  font: /^data:(?:font|application)\/(?:x-)?(?:font-)?(?:woff2?|ttf|otf|truetype|opentype)(?:;charset=[\w-]+)?;base64,[A-Za-z0-9+/=\s]*$/i,
} as const

/** Whether `link` leads to a raster image that it holds itself. */
export function isInlineImage(link: string): boolean {
  return dataPattern.image.test(link)
}

/** Functions and rules, besides `url()` and `@import`, by which a style can load something or run it. */
const loading =
  /@import|@namespace|(?:image|image-set|src|cross-fade|element|expression)\(|-moz-binding|behavior\s*:/i

/**
 * `css` without anything that reaches outside the document: an `url()` leads to a part of it or to pixels or letters that it
 * holds itself, or is `none`; `@import` is left out. A style sheet, a list of declarations or a single value.
 *
 * Without backslashes each function that loads something stands there literally, so it is looked for everywhere, in comments
 * and in strings too: what is found there by mistake costs a picture its looks, never a viewer their safety.
 *
 * @param onReference takes the name of each part that is referred to.
 * @throws Unclean where it cannot be told.
 */
export function cleanCss(css: string, onReference: (id: string) => void): string {
  // What most values are.
  if (!/[\\(@:]/.test(css)) return css
  if (css.includes('\\')) throw new Unclean('an escape in a style')
  const cleaned = cleanUrls(dropImports(css), onReference)
  if (loading.test(cleaned)) throw new Unclean('a style that may load something')
  return cleaned
}

function cleanUrls(css: string, onReference: (id: string) => void): string {
  const opening = /url\(/gi
  let cleaned = ''
  let place = 0
  for (let found = opening.exec(css); found; found = opening.exec(css)) {
    const from = found.index + found[0].length
    const end = css.indexOf(')', from)
    if (end < 0) throw new Unclean('an url( that does not end')
    const link = unquote(css.slice(from, end).trim())
    if (link.startsWith('#')) onReference(link.slice(1))
    const harmless = link.startsWith('#') || dataPattern.image.test(link) || dataPattern.font.test(link)
    cleaned += css.slice(place, found.index) + (harmless ? formatUrl(link) : 'none')
    place = end + 1
    opening.lastIndex = place
  }
  return cleaned + css.slice(place)
}

/** Without quotes where it needs none: in an attribute each would be six characters. */
function formatUrl(link: string): string {
  return /^[\w#.:;,+/=-]*$/.test(link) ? `url(${link})` : `url("${link}")`
}

function unquote(text: string): string {
  const quote = text[0] === '"' || text[0] === "'" ? text[0] : ''
  if (text.length > 1 && quote !== '' && text.endsWith(quote)) return expectPlain(text.slice(1, -1))
  return expectPlain(text)
}

/** A quote, bracket or comment within means that the end was not where it seemed to be. */
function expectPlain(link: string): string {
  if (/["'()\n]|\/\*/.test(link) && !link.startsWith('data:')) throw new Unclean('an url( that is not plain')
  return link
}

/** Each `@import` goes to its semicolon, which its address may hold too, in quotes or in brackets. */
function dropImports(css: string): string {
  const opening = /@import/gi
  let kept = ''
  let place = 0
  for (let found = opening.exec(css); found; found = opening.exec(css)) {
    kept += css.slice(place, found.index)
    place = findEnd(css, found.index)
    opening.lastIndex = place
  }
  return kept + css.slice(place)
}

function findEnd(css: string, from: number): number {
  let quote = ''
  let open = 0
  for (let place = from; place < css.length; place++) {
    const character = css[place] as string
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '(') open++
    else if (character === ')') open--
    else if (character === ';' && open <= 0) return place + 1
  }
  return css.length
}
