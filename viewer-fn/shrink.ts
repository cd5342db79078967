import type { CompressOptions } from 'terser'
import { nameRepetitions } from './alias.ts'
import { checkAwaits, hideAwaits, restoreAwaits } from './awaits.ts'
import { flattenFunctions, joinDeclarations } from './flatten.ts'
import { renameVariables, separateVariables } from './rename.ts'
import { dropUnread, simplifyExpressions } from './simplify.ts'
import { type Node, parseCode, printTree } from './syntax-tree.ts'

/** Bytes that a name must save, were all names one letter, to be tried: names of two letters save less. */
const triedSavings = [1, 2, 3, 4, 5, 6, 8, 10]

export interface ShrinkOptions {
  /** Names of the top level that stay as they are; those of imports do too. */
  kept: readonly string[]
  /** Properties that nothing outside of the code sees, by names that it may shorten. */
  ownProperties: RegExp
}

/**
 * `code` in as few bytes as we know how, with the same answers: what terser does, and then what it does not. Only the
 * `length` and `name` of functions change, and what a broken program would throw.
 */
export async function shrink(code: string, { kept: own, ownProperties }: ShrinkOptions): Promise<string> {
  const program = await parseCode(code)
  const kept = [...own, ...importedNames(program)]
  const compress: CompressOptions = {
    passes: 6,
    top_retain: kept,
    hoist_funs: true,
    keep_fargs: false,
    // No getter of the dialect's objects does anything, and no built-in is replaced.
    pure_getters: true,
    unsafe: true,
  }
  hideAwaits(program)
  dropUnread(program, ownProperties)
  const small = await parseCode(program, {
    toplevel: true,
    compress,
    mangle: { toplevel: true, reserved: kept, properties: { regex: ownProperties, builtins: true } },
  })
  joinDeclarations(small, kept)
  separateVariables(small, kept)
  flattenFunctions(small)
  const flat = await parseCode(small, { toplevel: true, compress: { ...compress, reduce_funcs: false } })
  restoreAwaits(flat)
  joinDeclarations(flat, kept)
  simplifyExpressions(flat)
  checkAwaits(flat)

  // terser no more: it would put what has a name back where the name stands.
  const named = [Number.POSITIVE_INFINITY, ...triedSavings].map((minSaving) => {
    const tree = structuredClone(flat)
    nameRepetitions(tree, minSaving, kept)
    renameVariables(tree, kept)
    return printTree(tree)
  })
  return (await Promise.all(named)).reduce((best, each) => (each.length < best.length ? each : best))
}

function importedNames(program: Node): string[] {
  return (program.body as Node[])
    .filter(({ type }) => type === 'ImportDeclaration')
    .flatMap(({ specifiers }) => (specifiers as Node[]).map(({ local }) => String((local as Node).name)))
}
