import { findScopes } from './scopes.ts'
import { identifier, isNode, isPropertyName, type Node, replaceNodes } from './syntax-tree.ts'

/** Functions that need no object and that nothing replaces. Not the clock: a test may set another. */
const constantFunctions =
  /^(?:Math\.(?!random)\w+|Object\.(?:assign|entries|keys|values)|JSON\.(?:parse|stringify)|Number|String|parseInt|parseFloat|(?:en|de)codeURI(?:Component)?)$/

/** Something that is written several times and that a variable can stand for. */
interface Repeated {
  /** What the variable is set to; undefined for the value `undefined`. */
  value?: Node
  /** Bytes that each place saves by a name of one letter. */
  savings: number[]
  /** Bytes of the value. */
  bytes: number
}

/**
 * Gives a name to each repeated text, property, constant and built-in function of `program` that `isNamed` chooses by
 * its key of {@link findSavings}: `a[R]` for `a.replace` with `R="replace"`. Returns how many it named.
 * Leaves the properties of variables in `kept`. Keys of object literals stay, which have no computed form in the dialect, and so do directives and imports.
 */
export function nameRepetitions(
  program: Node,
  isNamed: (key: string) => boolean,
  kept: readonly string[],
): number {
  const repeated = findRepeated(program, kept)
  const names = new Map<string, string>()
  const declarations: Node[] = []
  for (const [key, { value }] of repeated) {
    if (!isNamed(key)) continue
    // Longer than any other name; the renaming shortens it.
    const name = `alias_${names.size}`
    names.set(key, name)
    declarations.push({ type: 'VariableDeclarator', id: identifier(name), init: value ?? null })
  }
  if (names.size === 0) return 0
  visitRepeated(program, kept, (key) => names.get(key))
  declare(program, declarations)
  return names.size
}

/** What of `program` repeats, and the bytes that a name for it would save, were it one letter. */
export function findSavings(program: Node, kept: readonly string[]): Map<string, number> {
  const saving = ({ value, savings, bytes }: Repeated) =>
    savings.reduce((sum, each) => sum + each, 0) - (value ? bytes + 3 : 2)
  return new Map([...findRepeated(program, kept)].map(([key, repeated]) => [key, saving(repeated)]))
}

/** Gives a name to each global object of `program` that is written so often that it saves bytes. */
export function nameGlobals(program: Node): void {
  for (const { name, uses } of findScopes(program).globals) {
    if (!/^(?:JSON|Math|Object)$/.test(name) || (uses.length - 1) * (name.length - 1) <= 4) continue
    for (const { node } of uses) node.name = `alias_${name}`
    declare(program, [
      { type: 'VariableDeclarator', id: identifier(`alias_${name}`), init: identifier(name) },
    ])
  }
}

function findRepeated(program: Node, kept: readonly string[]): Map<string, Repeated> {
  const repeated = new Map<string, Repeated>()
  visitRepeated(program, kept, (key, value, bytes, saving) => {
    const known = repeated.get(key) ?? { value, savings: [], bytes }
    known.savings.push(saving)
    repeated.set(key, known)
    return undefined
  })
  return repeated
}

/** Asks `nameOf` for a name of everything that may have one, and puts that in its place. */
function visitRepeated(
  program: Node,
  kept: readonly string[],
  nameOf: (key: string, value: Node | undefined, bytes: number, saving: number) => string | undefined,
): void {
  const globals = new Set(findScopes(program).globals.flatMap(({ uses }) => uses.map(({ node }) => node)))
  const text = (value: string): Node => ({ type: 'Literal', value, raw: JSON.stringify(value) })
  replaceNodes(program, (node, parent, field) => {
    if (isPropertyName(parent, field) || field === 'source' || parent.directive !== undefined) return node
    if (node.type === 'Literal' && !node.regex) {
      const written = node.value === true || node.value === false ? '!0' : JSON.stringify(node.value)
      const name = nameOf(written, node, written.length, written.length - 1)
      return name ? identifier(name) : node
    }
    if (node.operator === 'void' && (node.argument as Node).type === 'Literal') {
      const name = nameOf('void 0', undefined, 0, 5)
      return name ? identifier(name) : node
    }
    if (node.type === 'Identifier' && globals.has(node) && constantFunctions.test(String(node.name))) {
      const bytes = String(node.name).length
      const name = nameOf(String(node.name), { ...node }, bytes, bytes - 1)
      return name ? identifier(name) : node
    }
    if (node.type !== 'MemberExpression' || node.computed) return node
    const object = node.object as Node
    const property = String((node.property as Node).name)
    const path = `${object.name}.${property}`
    if (globals.has(object) && constantFunctions.test(path)) {
      const name = nameOf(path, { ...node }, path.length, path.length - 1)
      if (name) return identifier(name)
    }
    // What an import gives is called as its documentation calls it.
    if (kept.includes(String(object.name))) return node
    const written = JSON.stringify(property)
    const name = nameOf(written, text(property), written.length, property.length - 2)
    return name ? { ...node, computed: true, property: identifier(name) } : node
  })
}

/** Puts `declarations` before all that runs; only what must stand in front, and reads none of them, comes before. */
function declare(program: Node, declarations: Node[]): void {
  const isFront = (node: Node): boolean =>
    node.type === 'ImportDeclaration' ||
    node.directive !== undefined ||
    (node.kind === 'const' && (node.declarations as Node[]).every(({ init }) => isIdentifier(init)))
  const body = program.body as Node[]
  const behind = body.filter((node) => !isFront(node))
  const [first] = behind
  const declaration =
    first?.kind === 'var'
      ? { ...first, declarations: [...declarations, ...(first.declarations as Node[])] }
      : { type: 'VariableDeclaration', kind: 'var', declarations }
  program.body = [...body.filter(isFront), declaration, ...behind.slice(first?.kind === 'var' ? 1 : 0)]
}

const isIdentifier = (node: unknown): boolean => isNode(node) && node.type === 'Identifier'
