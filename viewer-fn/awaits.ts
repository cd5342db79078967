import { identifier, isFunction, isNode, type Node, nodesOf, replaceNodes } from './syntax-tree.ts'

// The runtime awaits in functions of the top level alone, and not in the arguments of a call ("async arguments and
// closures are not supported"; njs: "await in arguments not supported", or a crash). A minifier knows nothing of it.

/** A call that stands for `await`, and one that nothing moves across. terser knows of neither what it does. */
const [awaits, barrier] = ['await_', 'barrier_']

const call = (name: string, ...args: Node[]): Node => ({
  type: 'CallExpression',
  callee: identifier(name),
  arguments: args,
})

/** Hides each `await` of `program` behind a call, so that it stays where it is. {@link restoreAwaits} ends that. */
export function hideAwaits(program: Node): void {
  replaceNodes(program, (node) => {
    if (node.type === 'AwaitExpression') return call(awaits, node.argument as Node)
    if (node.type === 'BlockStatement') node.body = (node.body as Node[]).flatMap(guard)
    return node
  })
}

/** `statement`, a declaration by itself, and a barrier behind each that awaits. */
function guard(statement: Node): Node[] {
  if (!awaitsIn(statement)) return [statement]
  const behind = { type: 'ExpressionStatement', expression: call(barrier) }
  if (statement.type !== 'VariableDeclaration') return [statement, behind]
  return (statement.declarations as Node[]).flatMap((each) => [
    { ...statement, declarations: [each] },
    behind,
  ])
}

const awaitsIn = (node: Node): boolean =>
  nodesOf(node).some(({ callee }) => isNode(callee) && callee.name === awaits)

/** Writes `await` again and takes the barriers away. */
export function restoreAwaits(program: Node): void {
  const isBarrier = ({ callee }: Node) => isNode(callee) && callee.name === barrier
  replaceNodes(program, (node, parent, field) => {
    if (isNode(node.callee) && node.callee.name === awaits) {
      return { type: 'AwaitExpression', argument: (node.arguments as Node[])[0] }
    }
    if (node.type === 'SequenceExpression') {
      const expressions = (node.expressions as Node[]).filter((each) => !isBarrier(each))
      const [only = call(barrier)] = expressions
      return expressions.length > 1 ? { ...node, expressions } : only
    }
    if (node.type === 'ExpressionStatement' && isBarrier(node.expression as Node))
      return { type: 'EmptyStatement' }
    // Its value is nowhere used: a sequence above may still drop it.
    return isBarrier(node) && !/^expressions?$/.test(field) && parent.type !== 'Program'
      ? { type: 'Literal', value: 0, raw: '0' }
      : node
  })
}

/**
 * Refuses what the runtime cannot await.
 *
 * @throws Error on an `async` function that is not declared at the top level, and on an `await` in an argument.
 */
export function checkAwaits(program: Node): void {
  const declared = program.body as Node[]
  const visit = (node: Node, inArguments: boolean): void => {
    if (node.type === 'AwaitExpression' && inArguments) {
      throw new Error('the edge function awaits in an argument: give the value a name that is used twice')
    }
    if (isFunction(node) && node.async && !declared.includes(node)) {
      throw new Error('the edge function has an async function below its top level')
    }
    for (const [field, value] of Object.entries(node)) {
      const within = !isFunction(node) && (inArguments || field === 'arguments')
      for (const child of [value].flat()) if (isNode(child)) visit(child, within)
    }
  }
  visit(program, false)
}
