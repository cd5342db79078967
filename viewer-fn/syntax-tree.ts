import { type MinifyOptions, minify } from 'terser'

/** A node of the tree that terser gives and takes (ESTree): its `type`, then what that type has. */
export interface Node {
  type: string
  [field: string]: unknown
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** The nodes directly under `node`, in the order of the source. */
export const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode)

/** `node` and all under it, before their children. */
export function nodesOf(node: Node): Node[] {
  return [node, ...childrenOf(node).flatMap(nodesOf)]
}

/** Puts what `change` gives in the place of every node, children first. */
export function replaceNodes(node: Node, change: (node: Node, parent: Node, field: string) => Node): void {
  for (const [field, value] of Object.entries(node)) {
    if (Array.isArray(value)) {
      node[field] = value.map((each: unknown) => (isNode(each) ? replaced(each, field) : each))
    } else if (isNode(value)) node[field] = replaced(value, field)
  }
  function replaced(child: Node, field: string): Node {
    replaceNodes(child, change)
    return change(child, node, field)
  }
}

export const identifier = (name: string): Node => ({ type: 'Identifier', name })

/** Whether `node` is a name that is the property of `parent`, not a variable. */
export const isPropertyName = (parent: Node, field: string): boolean =>
  (field === 'property' && !parent.computed) || (field === 'key' && !parent.computed) || field === 'label'

export const isFunction = ({ type }: Node): boolean =>
  type === 'ArrowFunctionExpression' || type === 'FunctionExpression' || type === 'FunctionDeclaration'

/** The tree of `code`, a script or a tree, after what `options` ask of terser. */
export async function parseCode(code: string | Node, options: MinifyOptions = {}): Promise<Node> {
  const format = { ast: true, code: false, spidermonkey: true } as MinifyOptions['format']
  const result = (await runTerser(code, { ...options, format })) as { ast?: Node }
  if (!result.ast) throw new Error('expected a tree from terser')
  return result.ast
}

/** The shortest text of `tree` that leaves it as it is. */
export async function printTree(tree: Node): Promise<string> {
  return (await runTerser(tree, {})).code ?? ''
}

function runTerser(code: string | Node, options: MinifyOptions) {
  const parse = typeof code === 'string' ? {} : ({ spidermonkey: true } as MinifyOptions['parse'])
  // Its types leave out that it takes a tree.
  return minify(code as string, { ecma: 5, compress: false, mangle: false, parse, ...options })
}
