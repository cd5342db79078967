import { childrenOf, isFunction, isNode, isPropertyName, type Node } from './syntax-tree.ts'

export interface Scope {
  parent?: Scope
  /** The function or program; undefined for the scope of a block. */
  owner?: Node
  bindings: Map<string, Binding>
}

/** One variable: where it is declared and all identifiers that mean it. */
export interface Binding {
  name: string
  declaredIn: Scope
  uses: { node: Node; scope: Scope }[]
}

export interface Scopes {
  bindings: Binding[]
  /** Names that nothing declares, with the scopes that use them. */
  globals: Binding[]
}

const blocks = /^(?:BlockStatement|CatchClause|SwitchStatement|For(?:In|Of)?Statement)$/

/**
 * The variables of `program` and what means which. Knows the dialect of the edge function: no patterns, classes or
 * `eval`.
 *
 * @throws Error on a declaration that it does not know.
 */
export function findScopes(program: Node): Scopes {
  const root: Scope = { owner: program, bindings: new Map() }
  const bindings: Binding[] = []
  const uses: { node: Node; scope: Scope }[] = []

  function declare(declared: unknown, scope: Scope): void {
    if (!isNode(declared)) return
    const node = declared.type === 'RestElement' ? (declared.argument as Node) : declared
    if (node.type !== 'Identifier') throw new Error(`expected a name to declare but found ${node.type}`)
    const name = String(node.name)
    if (scope.bindings.has(name)) return
    const binding = { name, declaredIn: scope, uses: [] }
    scope.bindings.set(name, binding)
    bindings.push(binding)
  }

  function visit(node: Node, scope: Scope): void {
    let inner = scope
    if (isFunction(node)) {
      if (node.type === 'FunctionDeclaration') declare(node.id, scope)
      inner = { parent: scope, owner: node, bindings: new Map() }
      if (node.type === 'FunctionExpression') declare(node.id, inner)
      for (const parameter of node.params as Node[]) declare(parameter, inner)
    } else if (blocks.test(node.type)) {
      inner = { parent: scope, bindings: new Map() }
      if (node.type === 'CatchClause') declare(node.param, inner)
    } else if (node.type === 'VariableDeclaration') {
      let target = scope
      if (node.kind === 'var') while (!target.owner && target.parent) target = target.parent
      for (const each of node.declarations as Node[]) declare(each.id, target)
    } else if (node.type === 'ImportDeclaration') {
      for (const each of node.specifiers as Node[]) declare(each.local, scope)
    } else if (node.type === 'Identifier') uses.push({ node, scope })

    for (const [field, value] of Object.entries(node)) {
      if (isPropertyName(node, field) || field === 'imported') continue
      // The name of a declared function belongs to the scope around it.
      const at = node.type === 'FunctionDeclaration' && field === 'id' ? scope : inner
      for (const child of [value].flat()) if (isNode(child)) visit(child, at)
    }
  }

  for (const child of childrenOf(program)) visit(child, root)
  const globals = new Map<string, Binding>()
  for (const use of uses) {
    const name = String(use.node.name)
    let scope: Scope | undefined = use.scope
    while (scope && !scope.bindings.has(name)) scope = scope.parent
    const binding = scope?.bindings.get(name) ?? globals.get(name) ?? { name, declaredIn: root, uses: [] }
    if (!scope) globals.set(name, binding)
    binding.uses.push(use)
  }
  return { bindings, globals: [...globals.values()] }
}

/** The scope of the function, or of the program, that `scope` is in. */
export function functionOf(scope: Scope): Scope {
  return scope.owner || !scope.parent ? scope : functionOf(scope.parent)
}
