import { findScopes } from './scopes.ts'
import { isFunction, isNode, type Node, nodesOf, replaceNodes } from './syntax-tree.ts'

/** Writes in fewer bytes what terser leaves as it is. Each rule states why the meaning stays. */
export function simplifyExpressions(program: Node): void {
  const globals = new Set(findScopes(program).globals.flatMap(({ uses }) => uses.map(({ node }) => node)))
  replaceNodes(program, (node, parent, field) => {
    const called = node.type === 'CallExpression' && globals.has(node.callee as Node)
    const args = (node.arguments ?? []) as Node[]
    const name = called && args.length === 1 ? (node.callee as Node).name : ''
    // The same but for big integers, which the dialect lacks. `+x ** y` is not in the grammar.
    if (name === 'Number' && parent.operator !== '**') {
      return { type: 'UnaryExpression', operator: '+', prefix: true, argument: args[0] }
    }
    // The same but for symbols, which the dialect lacks.
    if (name === 'String') return concatenation(template(args[0] as Node), parent, field)
    if (node.type === 'TemplateLiteral') return concatenation(node, parent, field)
    if (node.type === 'CallExpression') {
      dropResult(node)
      dropZero(node)
    }
    if (node.type === 'BinaryExpression') {
      loosen(node)
      dropConversions(node)
    }
    if (node.type === 'ConditionalExpression') flipSearch(node)
    if (node.type === 'ArrowFunctionExpression') dropReturn(node)
    // The same but for what assigns to a constant, which the compiler refuses.
    if (node.kind === 'const' && parent.type !== 'Program') node.kind = 'let'
    return node
  })
}

const template = (hole: Node): Node => ({
  type: 'TemplateLiteral',
  quasis: ['', ''].map((raw) => ({ type: 'TemplateElement', tail: false, value: { raw, cooked: raw } })),
  expressions: [hole],
})

/** Needs no parentheses beside a `+`. */
const tight = /^(?:Identifier|Literal|MemberExpression|CallExpression|TemplateLiteral)$/

/**
 * `a+"b"` for `${a}b` where that is shorter. The same for primitive values as long as a text is among the first two
 * summands; an object with a `valueOf` of its own would differ: of those the edge function puts none into a text.
 */
function concatenation(node: Node, parent: Node, field: string): Node {
  const holes = node.expressions as Node[]
  const texts = (node.quasis as Node[]).map(({ value }) => (value as { cooked: string }).cooked)
  const parts = texts.flatMap((text, index) => {
    const hole = holes[index]
    return [...(text ? [literal(text)] : []), ...(hole ? [hole] : [])]
  })
  if (!parts.slice(0, 2).some(isText)) parts.unshift(literal(''))
  // Whatever binds tighter than `+`, or is a `+` itself, would need parentheses around all of it.
  const enclosed =
    /^(?:arguments|init|right|body|expressions|value|left|elements|consequent|alternate)$/.test(field)
  if (!enclosed || parent.type === 'BinaryExpression' || parent.type === 'TemplateLiteral') return node
  const quotes = parts.filter(isText).length * 2 + holes.filter(({ type }) => !tight.test(type)).length * 2
  if (quotes + parts.length - 1 >= 2 + holes.length * 3 || parts.length < 2) return node
  return parts.reduce((left, right) => ({ type: 'BinaryExpression', operator: '+', left, right }))
}

const literal = (value: string): Node => ({ type: 'Literal', value, raw: JSON.stringify(value) })
const isText = (node: unknown): boolean => isNode(node) && typeof node.value === 'string'

/** A text's first character without saying so: what no argument is, is 0. */
function dropZero(node: Node): void {
  const [first, ...others] = node.arguments as Node[]
  const { name } = ((node.callee as Node).property ?? {}) as Partial<Node>
  if (name === 'charCodeAt' && first?.value === 0 && others.length === 0) node.arguments = []
}

/** `forEach` ignores what its callback returns, so that a single expression needs no braces. */
function dropResult({ callee, arguments: args }: Node): void {
  const [callback] = args as Node[]
  const property = (callee as Node).property as Node | undefined
  const body = callback?.body as Node | undefined
  const [only, ...others] = (body?.type === 'BlockStatement' ? body.body : []) as Node[]
  if (property?.name !== 'forEach' || callback?.type !== 'ArrowFunctionExpression' || callback.async) return
  if (only?.type !== 'ExpressionStatement' || others.length > 0) return
  callback.body = only.expression
  callback.expression = true
}

/**
 * `a?b:void 0` for a body of `if(a)return b`, which is shorter once `void 0` is a name. terser left it where it is the
 * only statement.
 */
function dropReturn(node: Node): void {
  const body = node.body as Node
  const [only, ...others] = (body.type === 'BlockStatement' ? body.body : []) as Node[]
  const result = (only?.type === 'IfStatement' && !only.alternate ? only.consequent : undefined) as
    | Node
    | undefined
  if (node.async || others.length > 0 || result?.type !== 'ReturnStatement' || !result.argument) return
  const nothing = { type: 'UnaryExpression', operator: 'void', prefix: true, argument: number(0) }
  node.body = {
    type: 'ConditionalExpression',
    test: only?.test,
    consequent: result.argument,
    alternate: nothing,
  }
  node.expression = true
}

/** `~a.search(b)?d:c` for `a.search(b)<0?c:d`: only of -1, which says that nothing was found and is below 0 alone, `~` is 0. */
function flipSearch(node: Node): void {
  const { operator, left, right } = node.test as Node
  const callee = isNode(left) && left.type === 'CallExpression' ? (left.callee as Node) : undefined
  if (operator !== '<' || (right as Node).value !== 0) return
  if ((callee?.property as Node | undefined)?.name !== 'search') return
  node.test = { type: 'UnaryExpression', operator: '~', prefix: true, argument: left }
  const { consequent, alternate } = node
  node.consequent = alternate
  node.alternate = consequent
}

const number = (value: number): Node => ({ type: 'Literal', value, raw: String(value) })

/**
 * `==` for `===` beside a text that is not a number (nor empty, which is 0): then only an object could be equal to it
 * that was not before, and the compiler refuses to compare an object with a text (TS2367).
 */
function loosen(node: Node): void {
  const isWord = (side: unknown) => isText(side) && Number.isNaN(Number((side as Node).value))
  if (!/^[!=]==$/.test(String(node.operator)) || !(isWord(node.left) || isWord(node.right))) return
  node.operator = String(node.operator).slice(0, 2)
}

/**
 * `a*b` for `a*+b`, `+a<b` for `+a<+b`: these operators make numbers of both sides themselves, the last of both where one is a number.
 * The same but for big integers, which the dialect lacks.
 */
function dropConversions(node: Node): void {
  const isConverted = (side: unknown): side is Node =>
    isNode(side) && side.type === 'UnaryExpression' && side.operator === '+'
  const plain = (side: unknown) => (isConverted(side) ? side.argument : side)
  if (/^[-*/%]$/.test(String(node.operator))) {
    node.left = plain(node.left)
    node.right = plain(node.right)
  } else if (/^[<>]=?$/.test(String(node.operator)) && isConverted(node.left)) node.right = plain(node.right)
}

/** Drops from object literals each of `ownProperties` that nothing reads: tables of the grammar have columns for others. */
export function dropUnread(program: Node, ownProperties: RegExp): void {
  const nodes = nodesOf(program)
  const read = new Set(
    nodes.flatMap(({ type, property }) => (type === 'MemberExpression' ? [(property as Node).name] : [])),
  )
  for (const node of nodes.filter(({ type }) => type === 'ObjectExpression')) {
    node.properties = (node.properties as Node[]).filter(({ key, value }) => {
      const name = String((key as Node | undefined)?.name)
      const pure = isNode(value) && /^(?:Identifier|Literal)$/.test(value.type)
      return !ownProperties.test(name) || read.has(name) || !pure
    })
  }
}

/** Drops `return` without a value where the function ends anyway. */
export function dropLastReturns(program: Node): void {
  const drop = (node: Node | null | undefined): void => {
    if (node?.type === 'TryStatement' && !node.finalizer) {
      drop(node.block as Node)
      drop((node.handler as Node | null)?.body as Node)
    }
    if (node?.type !== 'BlockStatement') return
    const body = (node.body as Node[]).filter(({ type }) => type !== 'EmptyStatement')
    const last = body.at(-1)
    const result = last?.type === 'ReturnStatement' ? (last.argument as Node | null) : undefined
    if (result === null) node.body = body.slice(0, -1)
    else if (result?.operator === 'void') {
      node.body = [...body.slice(0, -1), { type: 'ExpressionStatement', expression: result.argument }]
    } else drop(last)
  }
  for (const node of nodesOf(program)) if (isFunction(node)) drop(node.body as Node)
}
