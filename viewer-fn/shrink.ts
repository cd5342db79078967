import { findSavings, nameGlobals, nameRepetitions } from './alias.ts'
import { checkAwaits, hideAwaits, restoreAwaits } from './awaits.ts'
import { dropCopies } from './copies.ts'
import { flattenFunctions, joinDeclarations } from './flatten.ts'
import { inlineCalls, inlineOnce } from './inline.ts'
import { renameVariables, separateVariables } from './rename.ts'
import { dropResults } from './results.ts'
import { shareVariables } from './share.ts'
import { dropLastReturns, dropUnread, simplifyExpressions } from './simplify.ts'
import { sinkAssignments } from './sink.ts'
import { type Node, parseCode, printTree } from './syntax-tree.ts'

/** Bytes that a name must save, were all names one letter, to be tried: names of two letters save less. */
const triedSavings = [1, 3, 5, 8]

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
  const written = [small, flat].map((tree) => {
    restoreAwaits(tree)
    tree.body = [...structuredClone(front), ...(tree.body as Node[])]
    joinDeclarations(tree, kept)
    simplifyExpressions(tree)
    separateVariables(tree, kept)
    sinkAssignments(tree)
    dropLastReturns(tree)
    inlineCalls(tree)
    inlineOnce(tree, kept)
    flattenFunctions(tree)
    shareVariables(tree)
    dropResults(tree)
    checkAwaits(tree)
    return nameShortest(tree, kept)
  })
  return (await Promise.all(written)).reduce(shorter)
}

const shorter = (a: string, b: string): string => (b.length < a.length ? b : a)

/** `tree` in as few bytes as names for what repeats in it can give. */
async function nameShortest(tree: Node, kept: readonly string[]): Promise<string> {
  const savings = findSavings(tree, kept)
  const write = (names: ReadonlySet<string>): Promise<string> => {
    const named = structuredClone(tree)
    nameRepetitions(named, (key) => names.has(key), kept)
    nameGlobals(named)
    renameVariables(named, kept)
    return printTree(named)
  }
  let names: ReadonlySet<string> = new Set()
  let best = await write(names)
  for (const least of triedSavings) {
    const tried = new Set([...savings].flatMap(([key, saving]) => (saving >= least ? [key] : [])))
    const text = await write(tried)
    if (text.length < best.length) [names, best] = [tried, text]
  }
  // A name of two letters saves less: which ones are worth it, only trying tells.
  for (const [key, saving] of savings) {
    if (saving < 0 || saving > 14) continue
    const tried = new Set(names)
    if (!tried.delete(key)) tried.add(key)
    const text = await write(tried)
    if (text.length < best.length) [names, best] = [tried, text]
  }
  return best
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
