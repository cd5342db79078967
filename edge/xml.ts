export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Writes `<Name>value</Name>` for each field, in order, leaving out undefined ones. Values are escaped, names are not. */
export function formatElements(fields: Record<string, string | number | boolean | undefined>): string {
  return Object.entries(fields)
    .map(([name, value]) => (value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`))
    .join('')
}

/**
 * Escapes text for an element. XML 1.0 cannot hold control characters, not even as references; like S3 we write the reference
 * all the same, and `encoding-type=url` is the way around it.
 */
function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being escaped
  return text.replace(/[&<>"'\u0000-\u001f\u007f]/g, (char) => escapes[char] ?? `&#${char.charCodeAt(0)};`)
}

/** The texts of all elements of a name, in order. For what an SDK wrote: without attributes, comments and CDATA. */
export function readElements(xml: string, name: string): string[] {
  const found = xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))
  return [...found].map(([, text = '']) => unescapeXml(text))
}

function unescapeXml(text: string): string {
  const characters = new Map(Object.entries(escapes).map(([character, entity]) => [entity, character]))
  return text.replace(/&(?:\w+|#x?[\da-f]+);/gi, (entity) => {
    const [, base, digits = ''] = /^&#(x?)(.*);$/i.exec(entity) ?? []
    if (base !== undefined) return String.fromCodePoint(Number.parseInt(digits, base ? 16 : 10))
    return characters.get(entity) ?? entity
  })
}
