import { isDeclaration, isWrite } from './copies.ts'
import { Flow } from './flow.ts'
import { findScopes } from './scopes.ts'
import { type Node, replaceNodes } from './syntax-tree.ts'

/**
 * Writes what a variable is set to in the place of its one use, where that is what runs next: `(a=await b(),a?1:2)` is
 * `(await b()?1:2)`. terser leaves what awaits.
 */
export function sinkAssignments(program: Node): void {
  const flow = new Flow(program)
  const single = new Set(
    findScopes(program).bindings.flatMap(({ uses }) => {
      const used = uses
        .map(({ node }) => node)
        .filter((node) => isWrite(flow, node) || !isDeclaration(flow, node))
      return used.length === 2 && used.filter((node) => isWrite(flow, node)).length === 1 ? used : []
    }),
  )
  replaceNodes(program, (node) => {
    if (node.type !== 'SequenceExpression') return node
    const expressions = [...(node.expressions as Node[])]
    for (let at = expressions.length - 2; at >= 0; at--) {
      const set = expressions[at] as Node
      const next = expressions[at + 1] as Node
      const left = set.left as Node | undefined
      const first = firstOf(next)
      if (set.type !== 'AssignmentExpression' || set.operator !== '=' || !single.has(left as Node)) continue
      if (first.type !== 'Identifier' || first.name !== left?.name) continue
      const holder = { next }
      replaceNodes(holder as unknown as Node, (each) => (each === first ? (set.right as Node) : each))
      expressions.splice(at, 2, holder.next)
    }
    return expressions.length > 1 ? { ...node, expressions } : (expressions[0] as Node)
  })
}

/** What of `node` runs first; never what stands among arguments, where nothing may await. */
function firstOf(node: Node): Node {
  switch (node.type) {
    case 'AssignmentExpression':
      return (node.left as Node).type === 'Identifier' && node.operator === '='
        ? firstOf(node.right as Node)
        : node
    case 'BinaryExpression':
    case 'LogicalExpression':
      return firstOf(node.left as Node)
    case 'CallExpression':
      return firstOf(node.callee as Node)
    case 'ConditionalExpression':
      return firstOf(node.test as Node)
    case 'MemberExpression':
      return firstOf(node.object as Node)
    case 'SequenceExpression':
      return firstOf((node.expressions as Node[])[0] as Node)
    case 'UnaryExpression':
      return firstOf(node.argument as Node)
    default:
      return node
  }
}
