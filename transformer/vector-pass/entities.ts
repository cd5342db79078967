import { Unclean } from './unclean.ts'

/** Characters that an entity may stand for. */
const maxLength = 500

/** Entities of one document. */
const maxEntities = 100

/**
 * The entities that a doctype declares as plain text, which some editors do for namespaces. They cannot hold each other, nor
 * markup, so that they multiply nothing.
 *
 * @throws Unclean for any other declaration.
 */
export function readEntities(doctype: string): Record<string, string> {
  const found: Record<string, string> = Object.create(null)
  const from = doctype.indexOf('[')
  if (from < 0) return found
  if (doctype.length > maxLength * maxEntities) throw new Unclean('a long doctype')
  const rest = doctype
    .slice(from + 1)
    .replace(/<!ENTITY\s+([\w.-]+)\s+(?:"([^"%&<]*)"|'([^'%&<]*)')\s*>/g, (_whole, name, double, single) => {
      const text: string = double ?? single
      if (text.length > maxLength) throw new Unclean('a long entity')
      found[name] = text
      return ''
    })
  if (!/^\s*\]\s*$/.test(rest) || Object.keys(found).length > maxEntities) throw new Unclean('a doctype')
  return found
}
