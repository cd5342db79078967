import { isDeclaration, isWrite } from './copies.ts'
import { Flow } from './flow.ts'
import { type Binding, findScopes } from './scopes.ts'
import { isFunction, type Node, nodesOf } from './syntax-tree.ts'

/**
 * Takes the braces from functions of one expression whose result nobody looks at: `a=>{b=a}` is then `a=>b=a`.
 *
 * @param program variables of which no two have one name.
 */
export function dropResults(program: Node): void {
  const flow = new Flow(program)
  const { bindings } = findScopes(program)
  for (const node of nodesOf(program)) {
    const body = node.body as Node
    const [only, ...others] = (isFunction(node) && body.type === 'BlockStatement' ? body.body : []) as Node[]
    if (node.type !== 'ArrowFunctionExpression' || node.async || others.length > 0) continue
    if (only?.type !== 'ExpressionStatement' || !isOnlyRun(node, flow, bindings)) continue
    node.body = only.expression
    node.expression = true
  }
}

/** Whether all that is ever done with `node`, a function, is to call it for what it does. */
function isOnlyRun(node: Node, flow: Flow, bindings: readonly Binding[]): boolean {
  const { parent, field, index } = flow.placeOf(node) ?? {}
  if (parent?.type === 'VariableDeclarator') return isOnlyCalled(parent.id as Node, flow, bindings)
  if (parent?.type === 'AssignmentExpression') {
    return (
      parent.operator === '=' && isIgnored(parent, flow) && isOnlyCalled(parent.left as Node, flow, bindings)
    )
  }
  if (parent?.type !== 'CallExpression' || field !== 'arguments') return false
  const callee = bindings.find(({ uses }) => uses.some((use) => use.node === parent.callee))
  const writes = callee?.uses.filter((use) => isWrite(flow, use.node)) ?? []
  const made =
    writes.length === 1 ? (flow.parentOf((writes[0] as { node: Node }).node)?.init as Node) : undefined
  const parameter = (made && isFunction(made) ? (made.params as Node[]) : [])[index ?? 0]
  return parameter?.type === 'Identifier' && isOnlyCalled(parameter, flow, bindings)
}

/** Whether the variable that `node` means has one value, and all of its calls are for what they do. */
function isOnlyCalled(node: Node, flow: Flow, bindings: readonly Binding[]): boolean {
  const uses = bindings.find((each) => each.uses.some((use) => use.node === node))?.uses ?? []
  return (
    uses.length > 0 &&
    uses.every((use) => {
      if (use.node === node || (isDeclaration(flow, use.node) && !isWrite(flow, use.node))) return true
      const { parent, field } = flow.placeOf(use.node) ?? {}
      return parent?.type === 'CallExpression' && field === 'callee' && isIgnored(parent, flow)
    })
  )
}

/** Whether nothing looks at what `node` gives. */
function isIgnored(node: Node, flow: Flow): boolean {
  const { parent, field, index = 0 } = flow.placeOf(node) ?? {}
  switch (parent?.type) {
    case 'ExpressionStatement':
      return true
    case 'SequenceExpression':
      return index < (parent.expressions as Node[]).length - 1 || isIgnored(parent, flow)
    case 'LogicalExpression':
      return field === 'right' && isIgnored(parent, flow)
    case 'ConditionalExpression':
      return field !== 'test' && isIgnored(parent, flow)
    case 'ArrowFunctionExpression': {
      const { parent: call, field: place } = flow.placeOf(parent) ?? {}
      const method = ((call?.callee as Node | undefined)?.property as Node | undefined)?.name
      return place === 'arguments' && method === 'forEach' && !parent.async
    }
    default:
      return false
  }
}
