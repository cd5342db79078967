import type { QualifiedAttribute } from 'sax'
import { cleanCss, isInlineImage } from './clean-css.ts'
import {
  animations,
  drawingAttributes,
  otherAttributes,
  plainAttributes,
  xlinkNamespace,
  xmlNamespace,
} from './names.ts'
import { Unclean } from './unclean.ts'

/** The attributes of an element that are kept, and the parts of the document that they refer to. */
export interface CleanAttributes {
  values: Map<string, string>
  references: string[]
}

/** Attributes of one element. */
const maxAttributes = 200

/** Elements whose link may be a picture; all others, but `a`, which has none, refer to a part of the document. */
const pictures = ['image', 'feImage']

/**
 * The attributes of an element of this name that are on the lists; undefined where the element must go with them.
 *
 * @throws Unclean.
 */
export function cleanAttributes(
  element: string,
  given: readonly (QualifiedAttribute | string)[],
): CleanAttributes | undefined {
  if (given.length > maxAttributes) throw new Unclean('too many attributes')
  const values = new Map<string, string>()
  const references: string[] = []
  for (const attribute of given) {
    if (typeof attribute === 'string') continue
    const { local, uri, value } = attribute
    if (local === 'href' && (uri === '' || uri === xlinkNamespace)) {
      const link = cleanLink(element, value.trim())
      if (link === undefined) continue
      values.set(uri === '' ? 'href' : 'xlink:href', link)
      if (link.startsWith('#')) references.push(link.slice(1))
    } else if (uri === xmlNamespace && (local === 'space' || local === 'lang')) {
      // Never xml:base, which would turn a reference to a part into one to another document.
      values.set(`xml:${local}`, value)
    } else if (uri === '' && (plainAttributes.has(local) || /^aria-[a-z]+$/.test(local))) {
      values.set(local, value)
    } else if (uri === '' && (drawingAttributes.has(local) || otherAttributes.has(local))) {
      values.set(
        local,
        cleanCss(value, (id) => references.push(id)),
      )
    }
  }
  // Security: no animation may give an attribute what it may not have from the start.
  const animated = values.get('attributeName') ?? ''
  return animations.has(element) && !drawingAttributes.has(animated) ? undefined : { values, references }
}

function cleanLink(element: string, link: string): string | undefined {
  if (element === 'a') return undefined
  return link.startsWith('#') || (pictures.includes(element) && isInlineImage(link)) ? link : undefined
}
