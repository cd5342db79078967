import { type Binding, findScopes, functionOf, type Scope } from './scopes.ts'
import type { Node } from './syntax-tree.ts'

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_']
/** All names of one letter, then of two; those of two that are keywords left out. */
const shortNames = [
  ...letters,
  ...letters.flatMap((first) => [...letters, ...'0123456789'].map((second) => first + second)),
].filter((name) => !/^(?:as|do|if|in|is|of)$/.test(name))

/**
 * Gives every variable of `program` the shortest name that is free wherever it is seen, the most used first (terser
 * goes by the order of declarations, which is worse as soon as there are more variables than letters).
 *
 * @param kept names of the program's own that stay.
 */
export function renameVariables(program: Node, kept: readonly string[]): void {
  const { bindings, globals } = findScopes(program)
  const taken = new Map<Scope, Set<string>>()
  const take = (name: string, scopes: Iterable<Scope>) => {
    for (const scope of scopes) {
      const names = taken.get(scope) ?? new Set()
      taken.set(scope, names.add(name))
    }
  }
  const stays = (binding: Binding) => !binding.declaredIn.parent && kept.includes(binding.name)
  for (const each of [...globals, ...bindings.filter(stays)]) take(each.name, scopesThatSee(each))

  const renamed = bindings.filter((binding) => !stays(binding))
  for (const binding of renamed.sort((a, b) => b.uses.length - a.uses.length)) {
    const scopes = scopesThatSee(binding)
    const name = shortNames.find((each) => scopes.every((scope) => !taken.get(scope)?.has(each)))
    if (!name) throw new Error('expected fewer variables')
    take(name, scopes)
    for (const { node } of binding.uses) node.name = name
  }
}

/**
 * The functions from each use of `binding` out to its declaration: there no other may have its name. A block counts as
 * the function around it: in `try{let q=1,r=(()=>{var s=q})(),z=f()}catch(e){z}` njs 0.7.9 takes the `z` of the block
 * for the outer one that the `catch` means.
 */
function scopesThatSee({ declaredIn, uses }: Binding): Scope[] {
  const outermost = functionOf(declaredIn)
  const scopes = new Set([outermost])
  for (const use of uses) {
    for (let scope = functionOf(use.scope); scope !== outermost; scope = functionOf(scope.parent ?? scope)) {
      scopes.add(scope)
    }
  }
  return [...scopes]
}

/** Gives every variable of `program` a name that no other has, so that one may move into another's scope. */
export function separateVariables(program: Node, kept: readonly string[]): void {
  const { bindings, globals } = findScopes(program)
  const used = new Set(globals.map(({ name }) => name))
  bindings.forEach((binding, index) => {
    if (!binding.declaredIn.parent && kept.includes(binding.name)) return
    let name = `v${index}`
    while (used.has(name)) name += '_'
    for (const { node } of binding.uses) node.name = name
  })
}
