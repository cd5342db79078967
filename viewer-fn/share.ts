import { resultOf } from './copies.ts'
import { partsOf } from './flow.ts'
import { Liveness } from './liveness.ts'
import { type Binding, findScopes, functionOf } from './scopes.ts'
import { isFunction, type Node, nodesOf, replaceNodes } from './syntax-tree.ts'

/** What liveness is known of: no loops, no labels. */
const understood =
  /^(?:BlockStatement|CatchClause|EmptyStatement|ExpressionStatement|IfStatement|ReturnStatement|ThrowStatement|TryStatement|VariableDeclaration)$/

/**
 * Lets variables of a function that are never needed at the same time be one, and makes parameters of what `var`
 * declares: `a=>{var b=f(a),c;return c=b+1,c*c}` is then `a=>(a=f(a),a=a+1,a*a)`. What a caller passes beyond the
 * parameters is never seen, since each variable is set before it is read.
 *
 * @param program variables of which no two have one name.
 */
export function shareVariables(program: Node): void {
  const { bindings } = findScopes(program)
  for (const node of nodesOf(program)) {
    if (/^(?:Arrow|FunctionDecl)/.test(node.type) && isUnderstood(node)) shareIn(node, bindings)
  }
  dropEmpty(program)
}

function isUnderstood(node: Node): boolean {
  const statements = ownNodes(node.body as Node).filter(({ type }) =>
    /Statement$|^Catch|^Switch|^VariableDeclaration$/.test(type),
  )
  return (
    !node.generator &&
    (node.params as Node[]).every(({ type }) => type === 'Identifier') &&
    statements.every(({ type, declarations }) =>
      type === 'VariableDeclaration'
        ? (declarations as Node[]).every(({ init }) => !init)
        : understood.test(type),
    ) &&
    !nodesOf(node).some(({ type, name }) => type === 'Identifier' && name === 'arguments')
  )
}

/** `node` and what is under it, without the insides of functions. */
function ownNodes(node: Node): Node[] {
  return isFunction(node) ? [node] : [node, ...partsOf(node).flatMap((part) => ownNodes(part.node))]
}

function shareIn(node: Node, bindings: readonly Binding[]): void {
  const params = (node.params as Node[]).map(({ name }) => String(name))
  const declared = ownNodes(node.body as Node).flatMap(({ type, id }) =>
    type === 'VariableDeclarator' ? [String((id as Node).name)] : [],
  )
  const locals = new Set([...params, ...declared])
  const own = bindings.filter(
    ({ declaredIn, name }) => functionOf(declaredIn).owner === node && locals.has(name),
  )
  const liveness = new Liveness(node, own)
  const needed = params.findLastIndex((name) => liveness.atStart.has(name)) + 1
  // What is read before it is set, or by functions that may run whenever they like, stays as it is.
  const fixed = new Set([...liveness.captured, ...declared.filter((name) => liveness.atStart.has(name))])
  const used = new Set(
    own.filter(({ uses }) => uses.some((use) => !isDeclared(node, use.node))).map(({ name }) => name),
  )

  const classes: { name: string; members: string[] }[] = []
  const places = [
    ...params.slice(0, needed),
    ...new Set([...params.slice(needed), ...declared].filter((name) => used.has(name))),
  ]
  const clash = (a: string, b: string): boolean => fixed.has(a) || fixed.has(b) || liveness.clash(a, b)
  const isFree = (name: string, members: readonly string[]) => members.every((each) => !clash(each, name))
  for (const name of places) {
    const original = classes.find(
      ({ members }) =>
        members.some((each) => liveness.copies.has(`${each} ${name}`)) && isFree(name, members),
    )
    const other = original ?? classes.find(({ members }) => isFree(name, members))
    const mayShare = places.indexOf(name) >= needed
    if (other && mayShare) other.members.push(name)
    else classes.push({ name, members: [name] })
  }
  const renamed = new Map(classes.flatMap(({ name, members }) => members.map((each) => [each, name])))
  for (const { name, uses } of own) for (const use of uses) use.node.name = renamed.get(name) ?? name
  const stays = new Set(declared.filter((name) => liveness.atStart.has(name)))
  node.params = classes
    .map(({ name }) => name)
    .filter((name) => !stays.has(name))
    .map((name) => ({ type: 'Identifier', name }))
  for (const each of ownNodes(node.body as Node)) {
    if (each.type !== 'VariableDeclaration') continue
    each.declarations = (each.declarations as Node[]).filter(({ id }) => stays.has(String((id as Node).name)))
  }
}

function isDeclared(node: Node, use: Node): boolean {
  return (
    (node.params as Node[]).includes(use) ||
    ownNodes(node.body as Node).some(({ type, id }) => type === 'VariableDeclarator' && id === use)
  )
}

/** Drops `a=a`, and what does nothing. */
function dropEmpty(program: Node): void {
  replaceNodes(program, (node, parent, field) => {
    if (Array.isArray(node.body))
      node.body = (node.body as Node[]).filter(({ type }) => type !== 'EmptyStatement')
    switch (node.type) {
      case 'AssignmentExpression': {
        const { operator, right, left } = node as Node & { right: Node; left: Node }
        return operator === '=' && left.type === 'Identifier' && resultOf(right) === left.name ? right : node
      }
      case 'SequenceExpression': {
        const all = node.expressions as Node[]
        const isIdle = ({ type }: Node) => type === 'Identifier' || type === 'Literal'
        const [only, ...others] = all.filter((each) => each === all.at(-1) || !isIdle(each))
        // `(0,a.b)()` has another `this` than `a.b()`.
        if (others.length > 0) node.expressions = [only, ...others]
        return others.length > 0 || field === 'callee' ? node : (only as Node)
      }
      case 'VariableDeclaration': {
        const isEmpty = (node.declarations as Node[]).length === 0 && !/^For/.test(parent.type)
        return isEmpty ? { type: 'EmptyStatement' } : node
      }
      default:
        return node
    }
  })
}
