import { childrenOf, isFunction, type Node, nodesOf } from './syntax-tree.ts'

/**
 * Makes arrow functions of the function declarations of `program`, and one `var` of all its variables, the functions
 * first as they were hoisted, behind imports and what is in `kept`. Leaves those in `kept`, what is `async` (which the runtime has for declarations alone),
 * and what an arrow function cannot do.
 */
export function joinDeclarations(program: Node, kept: readonly string[]): void {
  const constructed = nodesOf(program).flatMap(({ type, callee }) =>
    type === 'NewExpression' ? [(callee as Node).name] : [],
  )
  const isArrow = (node: Node): boolean =>
    node.type === 'FunctionDeclaration' &&
    !node.async &&
    !node.generator &&
    !kept.includes(String((node.id as Node).name)) &&
    !constructed.includes((node.id as Node).name) &&
    !nodesOf(node).some(({ type, name }) => type === 'ThisExpression' || name === 'arguments')
  const isKept = ({ id }: Node): boolean => kept.includes(String((id as Node).name))

  const body = program.body as Node[]
  // Another statement may depend on when a variable gets its value.
  const movable = /^(?:ImportDeclaration|FunctionDeclaration|VariableDeclaration)$/
  if (!body.every(({ type }) => movable.test(type))) return
  const variables = body.filter(({ type }) => type === 'VariableDeclaration')
  const declarations = [
    ...body.filter(isArrow).map(({ id, params, body }) => ({
      type: 'VariableDeclarator',
      id,
      init: { type: 'ArrowFunctionExpression', async: false, expression: false, params, body },
    })),
    ...variables.flatMap((node) => (node.declarations as Node[]).filter((each) => !isKept(each))),
  ]
  const keptVariables = variables.flatMap((node) =>
    (node.declarations as Node[]).filter(isKept).map((each) => ({ ...node, declarations: [each] })),
  )
  const joined = { type: 'VariableDeclaration', kind: 'var', declarations }
  program.body = [
    ...body.filter(({ type }) => type === 'ImportDeclaration'),
    ...keptVariables,
    ...(declarations.length > 0 ? [joined] : []),
    ...body.filter((node) => node.type === 'FunctionDeclaration' && !isArrow(node)),
  ]
}

/** Statements that terser makes one expression of once no declaration stands between them. */
const flat =
  /^(?:BlockStatement|CatchClause|EmptyStatement|ExpressionStatement|IfStatement|ReturnStatement|ThrowStatement|TryStatement|VariableDeclaration)$/

/**
 * Makes parameters of the variables inside arrow functions: `e=>{let t=f(e);return t+t}` is then `(e,t)=>(t=f(e),t+t)`.
 * A variable gets its value where it was declared, so what a caller passes beyond the parameters is never seen; only
 * the `length` of functions changes, which nothing here reads.
 *
 * @param program variables of which no two have one name.
 */
export function flattenFunctions(program: Node): void {
  for (const node of nodesOf(program)) {
    if (!/^(?:Arrow|FunctionDecl)/.test(node.type) || node.generator) continue
    const body = node.body as Node
    const params = node.params as Node[]
    const statements = statementsOf(body)
    if (params.some(({ type }) => type !== 'Identifier') || !statements.every(({ type }) => flat.test(type)))
      continue
    if (nodesOf(body).some(({ type, name }) => type === 'Identifier' && name === 'arguments')) continue
    const unset: Node[] = []
    for (const statement of statements.filter(({ type }) => type === 'VariableDeclaration')) {
      const declarators = (statement.declarations as Node[]).filter(({ init }) => init)
      unset.push(...(statement.declarations as Node[]).filter(({ init }) => !init))
      params.push(...declarators.map(({ id }) => ({ ...(id as Node) })))
      const assignments = declarators.map(({ id, init }) => ({
        type: 'AssignmentExpression',
        operator: '=',
        left: id,
        right: init,
      }))
      delete statement.declarations
      if (assignments.length === 0) {
        statement.type = 'EmptyStatement'
        continue
      }
      delete statement.kind
      statement.type = 'ExpressionStatement'
      statement.expression =
        assignments.length > 1 ? { type: 'SequenceExpression', expressions: assignments } : assignments[0]
    }
    if (unset.length > 0)
      (body.body as Node[]).unshift({ type: 'VariableDeclaration', kind: 'var', declarations: unset })
  }
}

/** The statements of a function's body, not those of functions within. */
function statementsOf(node: Node): Node[] {
  if (isFunction(node) || !/Statement$|^VariableDeclaration$|^SwitchCase$|^CatchClause$/.test(node.type))
    return []
  return [node, ...childrenOf(node).flatMap(statementsOf)]
}
