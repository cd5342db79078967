import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import fc from 'fast-check'
import { decide, examine } from '../../grammar/decide.ts'
import { maxCodeBytes } from '../../grammar/function-bytes.ts'
import { checkRejection, settings } from '../grammar/url-outcome.ts'
import { arbitraryEvent } from './arbitrary-event.ts'
import { callWithMore, importsOf } from './fake-modules.ts'
import type { SentEvent } from './make-event.ts'
import { loadInVm, readBuiltFile, readBuiltFunction, settingsPlaceholder } from './run-in-vm.ts'

/** The file without its imports. */
let code: string
let imported: string[]
let bytes: number

before(async () => {
  const file = await readBuiltFile()
  bytes = Buffer.byteLength(file) - settingsPlaceholder.length
  imported = [...file.matchAll(importsOf)].map(([, , module = '']) => module)
  code = file.replace(importsOf, '')
})

/** What runtime 2.0 does not have or forbids, each with an example, so that a pattern that finds nothing is noticed. */
const forbidden: readonly (readonly [what: string, pattern: RegExp, example: string])[] = [
  ['optional chaining', /\?\.(?!\d)/, 'a?.b'],
  ['nullish coalescing', /\?\?/, 'a??b'],
  ['spread and rest in calls and arrays', /\.\.\.[\w[(]/, 'f(...a)'],
  ['destructuring', /\b(?:const|let|var) ?[[{]/, 'const{a}=b'],
  ['classes', /\bclass\b[ {]/, 'class A{}'],
  ['for…of', /\bfor ?\([^;)]*\bof\b/, 'for(const a of b)c'],
  ['generators', /\bfunction ?\*|\byield\b/, 'function*f(){}'],
  ['catch without a binding', /\bcatch ?\{/, 'try{}catch{}'],
  ['logical assignment', /(?:\|\||&&|\?\?)=/, 'a||=b'],
  [
    'regular expression flags u, s, v and y',
    /[(=,:!&|?;]\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[])+\/[dgim]*[usvy]/,
    'a.replace(/[/]b\\/c/gu,d)',
  ],
  ['look-behind', /\(\?<[=!]/, '/(?<=a)b/'],
  ['big integers', /\b\d+n\b/, '1n'],
  ['modules beside those two', /\b(?:import|export)\b/, 'import a from"b"'],
  ['asynchronous closures', /\basync ?\(|\basync \w+ ?=>/, 'async a=>b'],
  ['awaiting among arguments', /[(,]await\b/, 'f(await a)'],
  ['require', /\brequire\b/, 'require("crypto")'],
  ['code generation', /\beval\b|\bFunction\(/, 'new Function("a")'],
  ['timers', /\bset(?:Timeout|Interval|Immediate)\b/, 'setTimeout(f)'],
  [
    'classes of later editions',
    /\bnew (?:Weak)?(?:Map|Set|Ref)\b|\bSymbol\b|\bProxy\b|\bReflect\b/,
    'new Map()',
  ],
  ['URL and its parameters', /\bnew URL\b|\bURL(?:SearchParams)?[.(]/, 'new URL(a)'],
  ['Intl and what needs it', /\bIntl\b|\.(?:toLocale\w+|localeCompare|normalize)\(/, 'a.normalize()'],
  ['methods of later editions', /\.(?:at|flat|flatMap|matchAll|replaceAll|findLast|toSorted)\(/, 'a.at(0)'],
  [
    'static methods of later editions',
    /\b(?:Object\.(?:fromEntries|hasOwn|groupBy)|Array\.from)\b/,
    'Array.from(a)',
  ],
  ['Node', /\b(?:process|global|Buffer|module|exports)\b[.[]/, 'process.env'],
]

suite('the built function', () => {
  test('takes at most 8,192 bytes without its settings', () => {
    assert.ok(bytes > 1000 && bytes <= maxCodeBytes, `${bytes} bytes`)
  })

  test('imports the store and the HMAC, and nothing else', () => {
    assert.deepEqual(imported.sort(), ['cloudfront', 'crypto'])
  })

  test('has one place for the settings, a variable of its own', () => {
    assert.equal(code.split(settingsPlaceholder).length, 2)
    assert.ok(new RegExp(`[,\\s]\\w+=${settingsPlaceholder}[,;]`).test(code))
  })

  test('defines a global handler', async () => {
    assert.match(code, /\basync function handler\(/)
    assert.equal(typeof loadInVm(await readBuiltFunction(settings)), 'function')
  })

  test('holds none of the prose of the tables', () => {
    assert.doesNotMatch(code, /remedy|meaning|Width of the picture/)
  })

  for (const [what, pattern, example] of forbidden) {
    test(`does without ${what}`, () => {
      assert.match(example, pattern)
      const found = pattern.exec(code)
      assert.equal(found, null, found ? `…${code.slice(found.index - 20, found.index + 40)}…` : '')
    })
  }

  test('answers alike where the runtime passes more than the event', async () => {
    const source = await readBuiltFunction(settings)
    const [run, runWithMore] = [loadInVm(source), loadInVm(source, undefined, callWithMore)]
    const property = fc.asyncProperty(arbitraryEvent, async (event) => {
      assert.equal(await runWithMore(JSON.stringify(event)), await run(JSON.stringify(event)))
    })
    await fc.assert(property, { numRuns: 1000 })
  })

  test('gives what the grammar gives, request by request', async () => {
    const run = loadInVm(await readBuiltFunction(settings))
    let accepted = 0
    let refused = 0
    const property = fc.asyncProperty(arbitraryEvent, async (event) => {
      const answer = JSON.parse(await run(JSON.stringify(event)))
      if (answer.statusCode) {
        refused++
        assert.deepEqual(JSON.parse(answer.body.data), resolveInSource(event))
      } else {
        accepted++
        assert.deepEqual({ path: answer.uri, query: answer.querystring }, resolveInSource(event))
      }
    })
    await fc.assert(property, { numRuns: 2000 })
    assert.ok(accepted > 500 && refused > 200, `${accepted} accepted, ${refused} refused`)
  })
})

/** What the sources of the grammar make of `event`: the canonical URL or the rejection. */
function resolveInSource({ request, rawQueryString = '' }: SentEvent): unknown {
  const headers = new Map(Object.entries(request.headers))
  const decision = examine(request.uri, rawQueryString, Date.now() / 1000, settings)
  decide(decision, request.uri, (name) => headers.get(name)?.value ?? '', '', settings)
  return decision.refusal ? checkRejection(decision.refusal) : decision.url
}
