import { isDeclaration, isWrite } from './copies.ts'
import { Flow } from './flow.ts'
import { findScopes, functionOf } from './scopes.ts'
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
  const captured = capturedIn(program).flatMap(({ uses }) => uses.map(({ node }) => node))
  replaceNodes(program, (node) => {
    if (node.type === 'AwaitExpression') return call(awaits, node.argument as Node)
    if (node.type === 'BlockStatement') {
      node.body = (node.body as Node[]).flatMap((each) => guard(each, captured))
    }
    return node
  })
}

/** The variables of `async` functions that functions within them use. */
const capturedIn = (program: Node) =>
  findScopes(program).bindings.filter(({ declaredIn, uses }) => {
    const home = functionOf(declaredIn)
    return home.owner?.async && uses.some(({ scope }) => functionOf(scope) !== home)
  })

/** `statement`, a declaration by itself, and a barrier behind each that awaits or sets one of `captured`. */
function guard(statement: Node, captured: readonly Node[]): Node[] {
  const declarators = (statement.declarations ?? []) as Node[]
  if (!awaitsIn(statement) && !declarators.some(({ id }) => captured.includes(id as Node))) return [statement]
  const behind = { type: 'ExpressionStatement', expression: call(barrier) }
  if (statement.type !== 'VariableDeclaration') return [statement, behind]
  return declarators.flatMap((each) => [{ ...statement, declarations: [each] }, behind])
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
  checkCaptures(program)
}

/**
 * What a function that was made before an `await` and the function around it write is not seen by the other behind the
 * `await` (njs 0.7.9: `let b=1,c=()=>b;b=2;await 0;return b` gives 1).
 */
function checkCaptures(program: Node): void {
  const flow = new Flow(program)
  const pauses = nodesOf(program).filter(({ type }) => type === 'AwaitExpression')
  for (const { name, declaredIn, uses } of capturedIn(program)) {
    const home = functionOf(declaredIn).owner as Node
    const places = uses
      .filter(({ node }) => !isDeclaration(flow, node) || isWrite(flow, node))
      .map(({ node }) => {
        const around = flow.around(node)
        const inner = around.slice(0, around.indexOf(home)).findLast(isFunction)
        return { at: inner ?? node, inner, writes: isWrite(flow, node) }
      })
    const isTorn = places.some(({ inner }) =>
      pauses.some(
        (pause) =>
          inner &&
          flow.around(pause).includes(home) &&
          !flow.isBefore(pause, inner) &&
          places.some((each) => each.writes && (each.inner || !flow.isBefore(each.at, inner))) &&
          places.some(({ at }) => !flow.isBefore(at, pause)),
      ),
    )
    if (isTorn)
      throw new Error(`the edge function sets ${name}, which a closure has, and awaits: set it before`)
  }
}
