import { Flow, isInert } from './flow.ts'
import { type Binding, findScopes, type Scope } from './scopes.ts'
import { isFunction, type Node, replaceNodes } from './syntax-tree.ts'

/**
 * Takes away each variable of `program` that is set once, to another variable that does not change from then on, and
 * writes that in its place. Inlining leaves many: `b=a,b+b` is `a+a`. Returns how many it took.
 *
 * @param program variables of which no two have one name.
 */
export function dropCopies(program: Node, kept: readonly string[]): number {
  let dropped = 0
  while (dropCopy(program, kept)) dropped += 1
  return dropped
}

function dropCopy(program: Node, kept: readonly string[]): boolean {
  const flow = new Flow(program)
  const { bindings } = findScopes(program)
  const inert = isInert(program)
  const byName = new Map(bindings.map((binding) => [binding.name, binding]))
  for (const copy of bindings) {
    if (!copy.declaredIn.parent) continue
    const writes = copy.uses.filter(({ node }) => isWrite(flow, node))
    const [write] = writes
    const set = write && flow.parentOf(write.node)
    if (!write || !set || writes.length > 1 || !isPlainSet(set)) continue
    const value = (set.right ?? set.init) as Node | null
    if (!value || (set.type === 'VariableDeclarator' && value.type !== 'Identifier')) continue
    const name = resultOf(value)
    const original = name && name !== copy.name ? byName.get(name) : undefined
    if (!original || kept.includes(original.name)) continue
    const reads = copy.uses.filter(({ node }) => node !== write.node && !isDeclaration(flow, node))
    const changes = original.uses.filter(({ node }) => isWrite(flow, node))
    const top = !original.declaredIn.parent
    const same =
      reads.every(
        ({ node, scope }) =>
          momentsOf(node, write.node, flow, byName).every((moment) =>
            flow.isAlwaysBefore(write.node, moment),
          ) && sees(scope, original.declaredIn),
      ) &&
      (top
        ? inert && changes.every(({ node }) => flow.parentOf(node)?.type === 'VariableDeclarator')
        : changes.every(({ node }) => flow.isBefore(node, write.node))) &&
      ![...copy.uses, ...(top ? [] : changes)].some(({ node }) => flow.isInLoop(node))
    if (!same) continue
    for (const { node } of reads) node.name = original.name
    dropSet(program, set)
    dropDeclaration(program, copy)
    return true
  }
  return false
}

/**
 * The nodes that `node` runs in: itself, or, where it stands in a function that is only ever called by its name, the
 * calls. Not those of a function that `write` stands in, too.
 */
function momentsOf(
  node: Node,
  write: Node,
  flow: Flow,
  byName: ReadonlyMap<string, Binding>,
  seen: readonly Node[] = [],
): Node[] {
  const made = flow.around(node).find((each) => each !== node && isFunction(each))
  const set = made && flow.parentOf(made)
  const name = set && isPlainSet(set) && ((set.left ?? set.id) as Node).name
  const binding = byName.get(String(name))
  if (!made || !name || !binding || seen.includes(made) || flow.around(write).includes(made)) return [node]
  const others = binding.uses.map((use) => use.node).filter((each) => each !== (set.left ?? set.id))
  const reads = others.filter((each) => !isDeclaration(flow, each))
  const isCall = (each: Node) => flow.placeOf(each)?.field === 'callee'
  return reads.every(isCall)
    ? reads.flatMap((each) => momentsOf(each, write, flow, byName, [...seen, made]))
    : [node]
}

/** The variable whose value `node` has when it has run. */
export function resultOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return String(node.name)
  if (node.type === 'SequenceExpression') return resultOf((node.expressions as Node[]).at(-1) as Node)
  const left = node.left as Node | undefined
  const assigns = node.type === 'AssignmentExpression' && node.operator === '='
  return assigns && left?.type === 'Identifier' ? String(left.name) : undefined
}

const isPlainSet = ({ type, operator }: Node): boolean =>
  type === 'VariableDeclarator' || (type === 'AssignmentExpression' && operator === '=')

/** Whether that use of a variable changes it. */
export function isWrite(flow: Flow, node: Node): boolean {
  const { parent, field } = flow.placeOf(node) ?? {}
  switch (parent?.type) {
    case 'AssignmentExpression':
    case 'ForInStatement':
    case 'ForOfStatement':
      return field === 'left'
    case 'UpdateExpression':
      return true
    case 'VariableDeclarator':
      return field === 'id' && (!!parent.init || isInFor(flow, parent))
    default:
      return false
  }
}

const isInFor = (flow: Flow, declarator: Node): boolean =>
  /^For/.test(String(flow.parentOf(flow.parentOf(declarator) as Node)?.type))

/** Whether that use of a variable only declares it. */
export function isDeclaration(flow: Flow, node: Node): boolean {
  const { parent, field } = flow.placeOf(node) ?? {}
  return (
    !!parent &&
    (field === 'params' || field === 'param' || (parent.type === 'VariableDeclarator' && field === 'id'))
  )
}

function sees(scope: Scope | undefined, other: Scope): boolean {
  return !!scope && (scope === other || sees(scope.parent, other))
}

/** Leaves of an assignment, or of a declaration, what is assigned. */
function dropSet(program: Node, set: Node): void {
  if (set.type === 'VariableDeclarator') {
    set.init = null
    return
  }
  const value = set.right as Node
  replaceNodes(program, (node) => (node === set ? value : node))
}

/** Takes the variable from the parameters or from its declaration; what it was set to there must be gone. */
function dropDeclaration(program: Node, { name }: Binding): void {
  const isIt = (node: Node): boolean => node.type === 'Identifier' && node.name === name
  replaceNodes(program, (node) => {
    if (node.type === 'VariableDeclaration') {
      node.declarations = (node.declarations as Node[]).filter(({ id }) => !isIt(id as Node))
      if ((node.declarations as Node[]).length === 0) return { type: 'EmptyStatement' }
    }
    return node
  })
}
