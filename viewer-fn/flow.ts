import { isFunction, isNode, type Node } from './syntax-tree.ts'

/** Where a node stands: in which field of its parent, and as the how-manieth of that field's list. */
export interface Place {
  parent: Node
  field: string
  index: number
}

/** The parts of a node in the order in which they run, where that is not the order of the tree. */
const orders: Readonly<Record<string, readonly string[]>> = {
  CallExpression: ['callee', 'arguments'],
  ConditionalExpression: ['test', 'consequent', 'alternate'],
  IfStatement: ['test', 'consequent', 'alternate'],
  MemberExpression: ['object', 'property'],
  NewExpression: ['callee', 'arguments'],
  TryStatement: ['block', 'handler', 'finalizer'],
  VariableDeclarator: ['init', 'id'],
}

/** The parts of `node` in the order in which they run. A variable that is only assigned to comes last. */
export function partsOf(node: Node): { node: Node; field: string; index: number }[] {
  const left = node.left as Node | undefined
  const assigns = node.type === 'AssignmentExpression' && node.operator === '=' && left?.type === 'Identifier'
  const fields = assigns ? ['right', 'left'] : (orders[node.type] ?? Object.keys(node))
  return fields.flatMap((field) =>
    [node[field]].flat().flatMap((each, index) => (isNode(each) ? [{ node: each, field, index }] : [])),
  )
}

const loop = /^(?:DoWhile|For|ForIn|ForOf|Labeled|While)Statement$/

/** Whether that part of a node may be left out, or run again, while what stands around the node runs once. */
function isOptional({ parent, field }: Place): boolean {
  if (isFunction(parent) || loop.test(parent.type) || parent.type === 'TryStatement') return true
  if (parent.type === 'LogicalExpression') return field === 'right'
  if (/^(?:Conditional|If)/.test(parent.type)) return field !== 'test'
  return field === 'cases'
}

/** What runs before what, within one run of a function. */
export class Flow {
  private readonly places = new Map<Node, Place>()

  constructor(program: Node) {
    const visit = (node: Node): void => {
      for (const part of partsOf(node)) {
        this.places.set(part.node, { parent: node, field: part.field, index: part.index })
        visit(part.node)
      }
    }
    visit(program)
  }

  placeOf(node: Node): Place | undefined {
    return this.places.get(node)
  }

  parentOf(node: Node): Node | undefined {
    return this.places.get(node)?.parent
  }

  /** `node` and all around it. */
  around(node: Node): Node[] {
    const nodes = [node]
    for (let at = this.parentOf(node); at; at = this.parentOf(at)) nodes.push(at)
    return nodes
  }

  isInLoop(node: Node): boolean {
    return this.around(node).some(({ type }) => loop.test(type))
  }

  /**
   * Whether `first` is over when `second` begins, whenever both run in one run of what stands around both. A function
   * runs once it is made, at the earliest. Of nodes in a loop it knows nothing.
   */
  isBefore(first: Node, second: Node): boolean {
    const [above, below] = this.fork(first, second)
    if (!above || !below) return false
    const inFunction = this.around(first)
      .slice(1, this.around(first).indexOf(above) + 1)
      .some(isFunction)
    // A declared function is made before all else.
    const hoisted = this.around(second)
      .slice(0, this.around(second).indexOf(below) + 1)
      .some(({ type }) => type === 'FunctionDeclaration')
    if (inFunction || hoisted) return false
    const parent = this.parentOf(above) as Node
    const parts = partsOf(parent).map(({ node }) => node)
    const [from, to] = [this.placeOf(above) as Place, this.placeOf(below) as Place]
    const apart = /^(?:Conditional|If|Try)/.test(parent.type) && isOptional(from) && isOptional(to)
    return !apart && parts.indexOf(above) < parts.indexOf(below)
  }

  /** Whether `second` runs only after `first` has. */
  isAlwaysBefore(first: Node, second: Node): boolean {
    if (!this.isBefore(first, second)) return false
    const [above] = this.fork(first, second)
    for (let at = first; at !== above; at = this.parentOf(at) as Node) {
      if (isOptional(this.placeOf(at) as Place)) return false
    }
    return (
      this.parentOf(above as Node)?.type !== 'SwitchStatement' && !isLoopPart(this.placeOf(above as Node))
    )
  }

  /** The nodes around `first` and `second` that stand directly in what is around both. */
  private fork(first: Node, second: Node): [Node | undefined, Node | undefined] {
    const [outer, other] = [this.around(first).reverse(), this.around(second).reverse()]
    const at = outer.findIndex((node, index) => node !== other[index])
    return [outer[at], other[at]]
  }
}

const isLoopPart = (place: Place | undefined): boolean => !!place && loop.test(place.parent.type)

/** Whether nothing that the top level runs could call a function of the program: its variables are all set before one runs. */
export function isInert(program: Node): boolean {
  return !runs(program, [])
}

/** @param texts variables that hold texts, or lists of them, that come from a literal. */
function runs(node: Node, texts: readonly unknown[]): boolean {
  if (isFunction(node)) return false
  const calls = /^(?:Call|New|Tagged)/.test(node.type) && !isPlainCall(node, texts)
  return calls || partsOf(node).some((part) => runs(part.node, texts))
}

/** A method of a literal, or of what such a method gives, with literals or with functions that call no others: `"a b".split(" ")`. */
function isPlainCall({ type, callee, arguments: args }: Node, texts: readonly unknown[]): boolean {
  const object = (callee as Node | undefined)?.object as Node | undefined
  return (
    type === 'CallExpression' &&
    !!object &&
    (object.type === 'Literal' || texts.includes(object.name) || isPlainCall(object, texts)) &&
    (args as Node[]).every((each) => each.type === 'Literal' || isPlainCallback(each, texts))
  )
}

function isPlainCallback({ type, params, body }: Node, texts: readonly unknown[]): boolean {
  if (type !== 'ArrowFunctionExpression' || !(params as Node[]).every((each) => each.type === 'Identifier'))
    return false
  return !runs(body as Node, [...texts, ...(params as Node[]).map(({ name }) => name)])
}
