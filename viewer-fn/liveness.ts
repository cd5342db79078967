import { resultOf } from './copies.ts'
import { partsOf } from './flow.ts'
import type { Binding } from './scopes.ts'
import { isFunction, isPropertyName, type Node } from './syntax-tree.ts'

/** Methods that call their first argument before they return, and keep it no longer. */
const immediate = /^(?:every|filter|find|findIndex|forEach|map|reduce|replace|some|sort)$/

/** Which variables of a function are needed where, found from its end to its start. */
export class Liveness {
  readonly captured = new Set<string>()
  /** Pairs of which one is set to the other. */
  readonly copies = new Set<string>()
  readonly atStart: ReadonlySet<string>
  private readonly clashes = new Set<string>()
  private readonly locals: ReadonlySet<string>
  /** By function that is called at once: the variables that it reads. */
  private readonly reads = new Map<Node, Set<string>>()
  /** What is read where an exception is caught. */
  private caught: ReadonlySet<string> = new Set()

  constructor(node: Node, own: readonly Binding[]) {
    this.locals = new Set(own.map(({ name }) => name))
    this.findCaptured(node.body as Node, undefined, undefined)
    // Across an `await` njs 0.7.9 gives a closure and the function around it a variable each.
    if (node.async) for (const names of this.reads.values()) for (const name of names) this.captured.add(name)
    const body = node.body as Node
    this.atStart = this.before(body, new Set())
    for (const each of this.atStart) this.meet(each, this.atStart)
  }

  clash(a: string, b: string): boolean {
    return this.clashes.has(`${a} ${b}`) || this.clashes.has(`${b} ${a}`)
  }

  /** Notes what functions within `node` read and write; `called` is the outermost one, if it is called at once. */
  private findCaptured(node: Node, within: 'called' | 'kept' | undefined, called: Node | undefined): void {
    for (const { node: part, field, index } of partsOf(node)) {
      if (isPropertyName(node, field)) continue
      if (part.type === 'Identifier' && within && this.locals.has(String(part.name))) {
        const writes =
          (field === 'left' && /^(?:Assign|For)/.test(node.type)) || node.type === 'UpdateExpression'
        if (within === 'kept' || writes || !called) this.captured.add(String(part.name))
        else this.reads.set(called, (this.reads.get(called) ?? new Set()).add(String(part.name)))
      }
      if (!isFunction(part)) this.findCaptured(part, within, called)
      else {
        const callee = node.callee as Node | undefined
        const atOnce =
          field === 'arguments' &&
          index <= 1 &&
          node.type === 'CallExpression' &&
          callee?.type === 'MemberExpression' &&
          !callee.computed &&
          immediate.test(String((callee.property as Node).name)) &&
          !part.async
        this.findCaptured(part, atOnce && within !== 'kept' ? 'called' : 'kept', called ?? part)
      }
    }
  }

  private meet(name: string, live: ReadonlySet<string>, source?: string): void {
    for (const other of live) {
      if (other !== name && other !== source) this.clashes.add(`${name} ${other}`)
    }
  }

  private set(name: string, live: ReadonlySet<string>, source?: string): Set<string> {
    this.meet(name, live, source)
    if (source && this.locals.has(source)) this.copies.add(`${name} ${source}`).add(`${source} ${name}`)
    const rest = new Set(live)
    if (!this.caught.has(name)) rest.delete(name)
    return rest
  }

  /** What is needed before `node` runs where `after` is needed after it. */
  private before(node: Node, after: ReadonlySet<string>): Set<string> {
    const either = (a: ReadonlySet<string>, b: ReadonlySet<string>) => new Set([...a, ...b])
    const part = (field: string, live: ReadonlySet<string>): Set<string> => {
      const child = node[field] as Node | null | undefined
      return child ? this.before(child, live) : new Set(live)
    }
    switch (node.type) {
      case 'Identifier':
        return this.locals.has(String(node.name))
          ? either(after, new Set([String(node.name)]))
          : new Set(after)
      case 'ReturnStatement':
      case 'ThrowStatement':
        return part('argument', this.caught)
      case 'ConditionalExpression':
      case 'IfStatement':
        return part('test', either(part('consequent', after), part('alternate', after)))
      case 'LogicalExpression':
        return part('left', either(after, part('right', after)))
      case 'TryStatement': {
        const end = part('finalizer', after)
        const outer = this.caught
        this.caught = either(outer, node.finalizer ? end : new Set())
        const handled = node.handler ? part('handler', either(end, this.caught)) : end
        this.caught = either(this.caught, handled)
        const start = part('block', either(end, this.caught))
        this.caught = outer
        return start
      }
      case 'VariableDeclaration':
        return new Set(after)
      case 'AssignmentExpression': {
        const left = node.left as Node
        if (left.type !== 'Identifier') break
        if (node.operator !== '=') {
          const written = this.locals.has(String(left.name)) ? this.set(String(left.name), after) : after
          return part('left', part('right', part('left', written)))
        }
        return part(
          'right',
          this.locals.has(String(left.name))
            ? this.set(String(left.name), after, resultOf(node.right as Node))
            : after,
        )
      }
      case 'UpdateExpression': {
        const { name } = node.argument as Node
        return part('argument', this.locals.has(String(name)) ? this.set(String(name), after) : after)
      }
      default:
        if (isFunction(node)) return new Set(after)
    }
    // An engine may look at what it works with only when it has all of it.
    let live = new Set(after)
    const parts = partsOf(node).filter(({ field }) => !isPropertyName(node, field))
    if (node.type !== 'SequenceExpression' && !/Statement$/.test(node.type)) {
      for (const each of parts) {
        const at = (each.node.type === 'Property' ? each.node.value : each.node) as Node
        const name = resultOf(at)
        if (name && this.locals.has(name)) live.add(name)
        for (const read of this.reads.get(at) ?? []) live.add(read)
      }
    }
    for (const each of parts.reverse()) live = this.before(each.node, live)
    return live
  }
}
