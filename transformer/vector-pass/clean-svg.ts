import sax, { type QualifiedTag } from 'sax'
import { cleanAttributes } from './clean-attributes.ts'
import { cleanCss } from './clean-css.ts'
import { decodeXml, escapeText, escapeValue } from './decode-xml.ts'
import { readEntities } from './entities.ts'
import { countDrawn, type Part } from './expansion.ts'
import {
  elements,
  filterPrimitives,
  plainTexts,
  svgNamespace,
  textElements,
  xlinkNamespace,
} from './names.ts'
import { Unclean } from './unclean.ts'

/** A graphic that holds nothing but what is drawn. */
export interface CleanSvg {
  /** The attributes of its root, by their names as they are written. */
  root: Map<string, string>
  /** All that is within it, written. */
  content: string
}

/** Levels of elements: browsers and libxml2 give up later. */
const maxDepth = 200

/** Elements of a file: a map of a country has fewer. */
const maxElements = 100_000

/** Elements that are drawn, those that several refer to counted each time. */
const maxDrawn = 1_000_000

/** Steps of one filter, each of which goes over all of its pixels. What shows the shadows of a button has ten. */
const maxPrimitives = 40

interface Open {
  name: string
  part: Part
  primitives: number
  /** What `style` holds. */
  css: string
}

/**
 * Reads an SVG and keeps what is on the lists of `names.ts`. Nothing of the file is copied: {@link formatSvg} writes it anew,
 * so that no two parsers can understand it differently.
 *
 * @throws Unclean for what cannot be understood to its end, or is more than a picture needs.
 */
export function cleanSvg(bytes: Buffer): CleanSvg {
  const parser = sax.parser(true, { xmlns: true })
  const written: string[] = []
  const named = new Map<string, Part>()
  const root: Part = { own: 0, parts: [], references: [] }
  const open: Open[] = []
  let rootAttributes: Map<string, string> | undefined
  let namespace = svgNamespace
  let unfinished = false
  // Levels below the element that is left out with all within it.
  let skipped = 0
  let count = 0

  const write = (text: string) => {
    written.push(unfinished ? `>${text}` : text)
    unfinished = false
  }

  parser.onerror = (error) => {
    throw new Unclean(error.message)
  }
  parser.ondoctype = (doctype) => Object.assign(parser.ENTITIES, readEntities(doctype))
  parser.onopentag = (tag) => {
    const { local, uri, attributes } = tag as QualifiedTag
    if (++count > maxElements || open.length + skipped >= maxDepth) throw new Unclean('too many elements')
    const parent = open.at(-1)
    // A root that names no namespace is SVG by the name it has.
    if (!parent && uri === '' && local === 'svg') namespace = ''
    const known = skipped === 0 && uri === namespace && elements.has(local)
    const cleaned =
      known && !plainTexts.has(parent?.name ?? '')
        ? cleanAttributes(local, Object.values(attributes))
        : undefined
    if (!cleaned) {
      if (!parent) throw new Unclean('another root than svg')
      skipped++
      return
    }
    const part = enter(parent?.part, cleaned.values.get('id'))
    part.own++
    part.references.push(...cleaned.references)
    if (parent?.name === 'filter' && filterPrimitives.has(local) && ++parent.primitives > maxPrimitives)
      throw new Unclean('a filter of many steps')
    open.push({ name: local, part, primitives: 0, css: '' })
    if (parent) write(`<${local}${formatAttributes(cleaned.values)}`)
    else rootAttributes = cleaned.values
    unfinished = parent !== undefined
  }
  parser.onclosetag = () => {
    if (skipped > 0) {
      skipped--
      return
    }
    const { name, css, part } = open.pop() as Open
    if (css !== '') write(escapeText(cleanCss(css, (id) => part.references.push(id))))
    if (open.length === 0) return
    written.push(unfinished ? '/>' : `</${name}>`)
    unfinished = false
  }
  parser.ontext = parser.oncdata = (text) => {
    const within = open.at(-1)
    if (!within || skipped > 0) return
    if (within.name === 'style') within.css += text
    else if (textElements.has(within.name) || plainTexts.has(within.name)) write(escapeText(text))
  }

  function enter(parent: Part | undefined, id: string | undefined): Part {
    if (!parent) return root
    if (id === undefined) return parent
    const part: Part = { own: 0, parts: [], references: [] }
    parent.parts.push(part)
    // Of several that have one name the first is meant.
    if (!named.has(id)) named.set(id, part)
    return part
  }

  parser.write(decodeXml(bytes)).close()
  if (!rootAttributes) throw new Unclean('no root')
  const rootId = rootAttributes.get('id')
  if (rootId !== undefined) named.set(rootId, root)
  if (countDrawn(root, named) > maxDrawn) throw new Unclean('elements that multiply')
  return { root: rootAttributes, content: written.join('') }
}

/** The document, in UTF-8 and without anything before its root. */
export function formatSvg({ root, content }: CleanSvg): string {
  const xlink = content.includes(' xlink:href="') ? ` xmlns:xlink="${xlinkNamespace}"` : ''
  return `<svg xmlns="${svgNamespace}"${xlink}${formatAttributes(root)}>${content}</svg>`
}

function formatAttributes(attributes: ReadonlyMap<string, string>): string {
  let text = ''
  for (const [name, value] of attributes) text += ` ${name}="${escapeValue(value)}"`
  return text
}
