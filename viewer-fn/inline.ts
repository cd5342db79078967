import { isWrite } from './copies.ts'
import { Flow } from './flow.ts'
import { type Binding, findScopes } from './scopes.ts'
import { isFunction, type Node, nodesOf, replaceNodes } from './syntax-tree.ts'

/** Methods that change neither what they are called on nor what they are given. */
const pureMethods = /^(?:concat|every|filter|find|forEach|includes|indexOf|join|map|reduce|slice|some)$/

/**
 * Writes what a variable of the top level of `program` has in the place where it is used, if that is one place alone:
 * a function, a list or an object of values that nothing changes. terser leaves them, so that they are made once.
 *
 * @param program variables of which no two have one name.
 */
export function inlineOnce(program: Node, kept: readonly string[]): void {
  const flow = new Flow(program)
  const { bindings } = findScopes(program)
  const moved = new Map<Node, Node>()
  const taken = new Set<Node>()
  for (const { name, declaredIn, uses } of bindings) {
    const declarator = uses
      .map(({ node }) => flow.parentOf(node))
      .find((node) => node?.type === 'VariableDeclarator' && (node.id as Node).name === name)
    const value = declarator?.init as Node | undefined
    const [use, ...others] = uses.map(({ node }) => node).filter((node) => node !== declarator?.id)
    if (declaredIn.parent || kept.includes(name) || !declarator || !value || !use || others.length > 0)
      continue
    const home = flow.around(use).find(isFunction)
    // Not where it would be made for each of many values.
    if (!home || flow.around(use).includes(value) || flow.isInLoop(use) || isCallback(home, flow)) continue
    const isFunctionValue = value.type === 'ArrowFunctionExpression' && flow.placeOf(use)?.field !== 'callee'
    const isData =
      isConstant(value, use, flow) || (isPlainData(value, flow, bindings) && isOnlyRead(use, flow, bindings))
    if (!isFunctionValue && !isData) continue
    moved.set(use, value)
    taken.add(declarator)
  }
  // One may stand in another, so that values go where they are used in the tree as it then is.
  replaceNodes(program, (node) => {
    if (node.type === 'VariableDeclaration') {
      node.declarations = (node.declarations as Node[]).filter((each) => !taken.has(each))
    }
    return node
  })
  while (nodesOf(program).some((node) => moved.has(node))) {
    replaceNodes(program, (node) => moved.get(node) ?? node)
  }
}

/** Whether `value` is a text or a number, or a pattern whose use as that of `replace` leaves nothing in it. */
const isConstant = (value: Node, use: Node, flow: Flow): boolean => {
  const { parent, field, index } = flow.placeOf(use) ?? {}
  const method = ((parent?.callee as Node | undefined)?.property as Node | undefined)?.name
  const replaces = field === 'arguments' && index === 0 && method === 'replace'
  return value.type === 'Literal' && (!value.regex || replaces)
}

/** Whether that function stands among arguments: it may run many times. */
const isCallback = (node: Node, flow: Flow): boolean => {
  const { parent, field } = flow.placeOf(node) ?? {}
  const method = ((parent?.callee as Node | undefined)?.property as Node | undefined)?.name
  return field === 'arguments' && pureMethods.test(String(method))
}

/** Whether `node` is a list or an object of values that are written there, or are constants of the top level. */
function isPlainData(node: Node, flow: Flow, bindings: readonly Binding[]): boolean {
  const isConstant = (value: Node): boolean => {
    const uses = bindings.find(
      (each) => !each.declaredIn.parent && each.uses.some((use) => use.node === value),
    )?.uses
    return !!uses?.every((use) => !isWrite(flow, use.node) || isConstantSet(flow.parentOf(use.node)))
  }
  const isConstantSet = (set: Node | undefined) => (set?.init as Node | undefined)?.type === 'Literal'
  const values =
    node.type === 'ArrayExpression'
      ? (node.elements as Node[])
      : node.type === 'ObjectExpression'
        ? (node.properties as Node[]).map((each) => (each.kind === 'init' ? each.value : each) as Node)
        : [node]
  return values.every((each) => each?.type === 'Literal' || (each?.type === 'Identifier' && isConstant(each)))
}

/** Whether nothing that is done with `use` could change it, or hand it on. */
function isOnlyRead(use: Node, flow: Flow, bindings: readonly Binding[]): boolean {
  const { parent, field, index } = flow.placeOf(use) ?? {}
  if (!parent) return false
  const outer = flow.placeOf(parent)
  if (parent.type === 'MemberExpression' && field === 'object') {
    if (
      (outer?.field === 'left' && outer.parent.type !== 'BinaryExpression') ||
      outer?.parent.type === 'UpdateExpression' ||
      outer?.parent.operator === 'delete'
    )
      return false
    return outer?.field !== 'callee' || pureMethods.test(String((parent.property as Node).name))
  }
  if (parent.type !== 'CallExpression' || field !== 'arguments') return false
  const callee = parent.callee as Node
  const path = `${(callee.object as Node | undefined)?.name}.${(callee.property as Node | undefined)?.name}`
  if (path === 'Object.assign') return index !== 0
  if (/^Object\.(?:entries|keys|values)$/.test(path)) return true
  const called = bindings.find(({ name }) => name === callee.name)
  const made = called?.uses
    .map(({ node }) => flow.parentOf(node)?.init as Node | undefined)
    .find((node) => node && isFunction(node))
  const parameter = (made?.params as Node[] | undefined)?.[index ?? 0]
  const inner = bindings.find(({ uses }) => uses.some(({ node }) => node === parameter))
  return !!inner && inner.uses.every(({ node }) => node === parameter || isOnlyRead(node, flow, bindings))
}

/**
 * Writes the call that is all that a function of the top level does in the place of each call of it, where that is
 * shorter: `(a,b)=>f(a,b,403)` saves less by its name than it takes.
 */
export function inlineCalls(program: Node): void {
  const { bindings } = findScopes(program)
  const flow = new Flow(program)
  const gone = new Set<Node>()
  for (const { name, declaredIn, uses } of bindings) {
    const declarator = uses
      .map(({ node }) => flow.parentOf(node))
      .find((each) => each?.type === 'VariableDeclarator' && (each.id as Node).name === name)
    const made = declarator?.init as Node | undefined
    const calls = uses.map(({ node }) => node).filter((node) => node !== declarator?.id)
    if (declaredIn.parent || made?.type !== 'ArrowFunctionExpression' || made.async || !declarator) continue
    const body = onlyExpression(made.body as Node)
    const params = (made.params as Node[]).map((each) => each.name)
    const args = (body?.type === 'CallExpression' ? body.arguments : []) as Node[]
    const passed = params.every(
      (each, index) => args[index]?.type === 'Identifier' && args[index]?.name === each,
    )
    const added = args.slice(params.length)
    const { callee } = (body ?? {}) as { callee?: Node }
    const isOther = callee?.type === 'Identifier' && callee.name !== name && !params.includes(callee.name)
    if (body?.type !== 'CallExpression' || !passed || !isOther) continue
    if (!added.every(({ type, raw }) => type === 'Literal' && String(raw).length < 5)) continue
    const bytes = added.reduce((sum, { raw }) => sum + String(raw).length + 1, 0)
    // `b=(c,d,e,f)=>a(c,d,e,f,403),` by its parts.
    if (bytes * calls.length >= 11 + params.length * 4 + bytes) continue
    const isCall = (node: Node): boolean => {
      const { parent, field } = flow.placeOf(node) ?? {}
      const given = (parent?.arguments ?? []) as Node[]
      return field === 'callee' && parent?.type === 'CallExpression' && given.length === params.length
    }
    if (!calls.every(isCall)) continue
    for (const node of calls) {
      const call = flow.parentOf(node) as Node
      node.name = callee.name
      call.arguments = [...(call.arguments as Node[]), ...structuredClone(added)]
    }
    gone.add(declarator)
  }
  for (const node of nodesOf(program)) {
    if (node.type === 'VariableDeclaration') {
      node.declarations = (node.declarations as Node[]).filter((each) => !gone.has(each))
    }
  }
}

/** What a function gives that does nothing else. */
function onlyExpression(body: Node): Node | undefined {
  if (body.type !== 'BlockStatement') return body
  const [only, ...others] = body.body as Node[]
  return others.length === 0 && only?.type === 'ReturnStatement' ? (only.argument as Node) : undefined
}
