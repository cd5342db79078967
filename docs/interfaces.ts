/** A property of an interface. */
export interface Property {
  name: string
  /** As written, without line breaks. */
  type: string
  /** What its docstring says, without line breaks. */
  text: string
}

/** An interface as its source says. */
export interface Interface {
  name: string
  text: string
  /** Names of those that it extends. */
  parents: readonly string[]
  properties: readonly Property[]
}

/** The exported interfaces in `source`, in its order. Reads the project's own style: docstrings above, one property a line. */
export function readInterfaces(source: string): Interface[] {
  const pattern =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport interface (\w+)(?: extends ([\w, ]+))? \{\n([\s\S]*?)\n\}/g
  return [...source.matchAll(pattern)].map(([, text = '', name = '', parents = '', body = '']) => ({
    name,
    text: unfold(text),
    parents: parents.split(', ').filter((parent) => parent !== ''),
    properties: readProperties(body),
  }))
}

function readProperties(body: string): Property[] {
  const pattern = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}readonly (\w+)\??: (.+)/g
  return [...body.matchAll(pattern)].map(([, text = '', name = '', type = '']) => ({
    name,
    type,
    text: unfold(text),
  }))
}

/** A docstring's text in one line. */
function unfold(text: string): string {
  return text
    .replace(/^[ *]+/gm, '')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim()
}
