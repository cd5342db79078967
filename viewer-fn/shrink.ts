import { nameRepetitions } from './alias.ts'
import { checkAwaits, hideAwaits, restoreAwaits } from './awaits.ts'
import { dropCopies } from './copies.ts'
import { flattenFunctions, joinDeclarations } from './flatten.ts'
import { renameVariables, separateVariables } from './rename.ts'
import { shareVariables } from './share.ts'
import { dropUnread, simplifyExpressions } from './simplify.ts'
import { type Node, parseCode, printTree } from './syntax-tree.ts'

/** Bytes that a name must save, were all names one letter, to be tried: names of two letters save less. */
const triedSavings = [1, 2, 3, 4, 5, 6, 8, 10, Number.POSITIVE_INFINITY]

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
  const compress = {
    passes: 6,
    top_retain: kept,
    hoist_funs: true,
    keep_fargs: false,
    // No getter of the dialect's objects does anything, and no built-in is replaced.
    pure_getters: true,
    unsafe: true,
  }
  const front = takeConstants(program, own)
  hideAwaits(program)
  dropUnread(program, ownProperties)
  const small = await parseCode(program, {
    toplevel: true,
    compress,
    mangle: { toplevel: true, reserved: kept, properties: { regex: ownProperties, builtins: true } },
  })
  const joined = structuredClone(small)
  joinDeclarations(joined, kept)
  separateVariables(joined, kept)
  flattenFunctions(joined)
  const flat = await compressCopies(joined, { ...compress, reduce_funcs: false }, kept)

  // terser compresses no more: it would put what has a name back where the name stands.
  const written = [small, flat].flatMap((tree) => {
    restoreAwaits(tree)
    tree.body = [...structuredClone(front), ...(tree.body as Node[])]
    joinDeclarations(tree, kept)
    simplifyExpressions(tree)
    separateVariables(tree, kept)
    flattenFunctions(tree)
    shareVariables(tree)
    checkAwaits(tree)
    return triedSavings.map((minSaving) => {
      const named = structuredClone(tree)
      nameRepetitions(named, minSaving, kept)
      renameVariables(named, kept)
      return printTree(named)
    })
  })
  return (await Promise.all(written)).reduce((best, each) => (each.length < best.length ? each : best))
}

/** `program` as terser leaves it once no copies are left. */
async function compressCopies(program: Node, compress: object, kept: readonly string[]): Promise<Node> {
  const tree = await parseCode(program, { toplevel: true, compress })
  separateVariables(tree, kept)
  return dropCopies(tree, kept) > 0 ? compressCopies(tree, compress, kept) : tree
}

/** Takes the declarations of what is in `kept` away from `program`: terser would put the value where the name is used. */
function takeConstants(program: Node, kept: readonly string[]): Node[] {
  const isKept = ({ type, declarations }: Node): boolean =>
    type === 'VariableDeclaration' &&
    (declarations as Node[]).every(({ id }) => kept.includes(String((id as Node).name)))
  const body = program.body as Node[]
  program.body = body.filter((node) => !isKept(node))
  return body.filter(isKept)
}

function importedNames(program: Node): string[] {
  return (program.body as Node[])
    .filter(({ type }) => type === 'ImportDeclaration')
    .flatMap(({ specifiers }) => (specifiers as Node[]).map(({ local }) => String((local as Node).name)))
}
