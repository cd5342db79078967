import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { minify } from 'terser'
import { parameters } from '../../grammar/parameters.ts'
import { ownProperties } from '../../viewer-fn/build.ts'
import { renameVariables } from '../../viewer-fn/rename.ts'
import { shrink } from '../../viewer-fn/shrink.ts'
import { parseCode, printTree } from '../../viewer-fn/syntax-tree.ts'
import { settings } from '../grammar/url-outcome.ts'
import { makeEventOf } from './make-event.ts'
import { loadInVm, readBuiltFunction } from './run-in-vm.ts'

const options = { kept: ['handler', 'SETTINGS'], ownProperties: /^(?:own|unread)$/ }

/** Programs whose `handler` must answer each input as before. */
const programs: readonly { name: string; code: string; inputs: readonly unknown[] }[] = [
  {
    name: 'texts and properties that repeat',
    code: `function handler(t) {
      return [t.split("auto").join("low"), t.split("low").join("auto"), t.indexOf("auto"), "low" + t.split("auto").length]
    }`,
    inputs: ['auto', 'low auto', ''],
  },
  {
    name: 'what is searched and found nowhere, first or later',
    code: `function handler(t) {
      return [t.search(/b/) < 0 ? "none" : "some", t.search(/b/) < 1 ? 1 : 2, t.length < 0 ? 1 : 2, t.search(/c/) < 0 ? t : 0]
    }`,
    inputs: ['', 'b', 'ab', 'ac'],
  },
  {
    name: 'keys that are spelt like texts and properties',
    code: `function handler(o) {
      const made = { width: o.width, height: o.height, "auto-width": "width" };
      made.width = made.width || "height"; made["height"] += o.width;
      return { width: made.width, height: made.height, kinds: [made, "width", "width", "height"], get auto() { return "auto" } }
    }`,
    inputs: [
      { width: 1, height: 2 },
      { width: 0, height: 'x' },
    ],
  },
  {
    name: 'built-in functions that repeat',
    code: `const clamp = (x) => Math.max(0, Math.min(9, Math.round(Number(x))));
    function handler(list) {
      return list.map(Number).concat(list.map(clamp), Math.round(2.5), Math.max(1, 2), Math.min(3, 4), Number(list[0]) ** 2)
        .concat(Object.assign({}, { a: String(list) }), Object.assign({ b: 1 }, {}), Object.assign({}, {}))
    }`,
    inputs: [['1.5', '77', '-3'], [], ['x']],
  },
  {
    name: 'a variable that has the name of a built-in',
    code: `function handler(Math) { const String = (x) => "mine" + x;
      return [Math.round, Math.round + 1, Math.round + 2, String(1), String(2)] }`,
    inputs: [{ round: 5 }],
  },
  {
    name: 'variables that become parameters, whatever a caller passes',
    code: `const spell = (x) => { let last; const half = x / 2; if (half > 1) last = half; const twice = x * 2;
      return [last, half, twice, half + twice].map((each) => each === undefined ? "none" : each) };
    const other = (x) => { const all = [].concat(x, 1); const more = all.concat(all); if (!x) return; return more.map((y) => { const z = y + all.length; return z * z }) };
    function handler(list) { return [list.map(spell), list.map(other), other(list), spell(list)] }`,
    inputs: [[1, 2, 3, 4], [0], []],
  },
  {
    name: 'variables of one name in several scopes',
    code: `const outer = "forEach"; const walk = (x) => { const a = x.length; { const a = "inner"; x.push(a) }
      return x.map((a) => { const b = a; if (b) { const a = b + outer; return a } return b }).concat(a) };
    function handler(x) { try { const q = x.list; const held = (y) => q.concat(y); const outer = walk(held(1)); x.deep.concat(); return outer }
      catch (e) { const seen = []; [1, 2][outer]((y) => seen.push(y)); return seen } }`,
    inputs: [{ list: [1], deep: [] }, { list: [2] }, {}],
  },
  {
    name: 'variables that are set to others',
    code: `const pick = (list, at) => { const all = list; let from = at; const start = from; from += 1; const held = () => from + start;
      const late = () => early; const early = all; let maybe; if (at) maybe = list; return [all[start], held(), late().length, maybe, from] };
    const swap = (a, b) => { const first = a; a = b; b = first; const last = a; return [a, b, first, last, [a].concat((a = 9), a, last)] };
    const later = (a) => { const made = [1, 2].map((x) => { const y = x; return () => y + a }); const b = a; a = "new"; return made.map((f) => f()).concat(a, b) };
    function handler(x) { const list = x.list, at = x.at; return [pick(list, at), swap(list[0], at), later(at), list.map(swap)] }`,
    inputs: [
      { list: [1, 2, 3], at: 1 },
      { list: [4], at: 0 },
      { list: [], at: '' },
    ],
  },
  {
    name: 'variables that are needed one after the other',
    code: `const each = (x) => { const a = x + 1, b = a * 2, c = [b, x]; let d; if (x > 1) d = c.length; const e = d ? c.concat(d) : c; const f = e.map((y) => y + b); const g = f.join(); return g + d };
    const order = (x) => { const a = x.n; let b = a; const c = [b, (b = a + 1), b]; const d = b + (b = 5) + b; const o = { p: b, q: (b = 7), r: b }; const s = \`\${b}\${b = 8}\${b}\`; return [c, d, o, s, Math.max(b, (b = 1), b)] };
    const caught = (x) => { let a = "before", b; try { b = x.n.m; a = x.deep.list; a = a.length } catch (e) { const c = a + "!", d = c + b; return d } const f = a + 1, g = f * f; return [f, g] };
    const kept = (x) => { const made = []; const a = x.n; made.push(() => a); const b = a + 1; made.push(() => b); const c = b + 1; return made.map((f) => f() + c) };
    const reread = (x) => { const list = x.all, n = x.n; const found = list.find((y) => y > n), after = list.filter((y) => y > found), rest = after.map((y, at) => y + at + n); return [found, after, rest] };
    function handler(x) { return [x.all.map(each), order(x), caught(x), kept(x), reread(x), [x].map(reread)] }`,
    inputs: [
      { n: 1, all: [0, 1, 2, 3], deep: { list: 'abc' } },
      { n: { m: 2 }, all: [5], deep: {} },
      { n: { m: 2 }, all: [], deep: { list: [1] } },
    ],
  },
  {
    name: 'what the top level has for one place',
    code: `const steps = [1, 1.5, 2], rest = { a: 1, b: 2 }, seen = [0], counts = { all: 0 }, mine = { a: "b" }, own = { c: 3 };
    const above = (all, x) => all.find((y) => y >= x) || all[all.length - 1], count = (held, x) => (held.all += x, held.all);
    const twice = (x) => x + x; const give = () => own;
    function handler(x) { seen.push(x); give().c += x; return [above(steps, x), Object.entries(rest), seen.length, count(counts, x), Object.assign(mine, { k: x }), [x, x].map(x > 1 ? twice : Number), give()] }`,
    inputs: [1, 2, 3, 1],
  },
  {
    name: 'functions that only call others',
    code: `const made = (a, b, c, d) => [a, b, c, d, made.length > 9]; const four = (a, b, c) => made(a, b, c, 403); const turned = (a, b, c) => made(c, b, a, 1);
    function handler(x) { return [four(x, 1, 2), four(1, x, x), turned(x, 2, 3), turned(1, 2, x), x ? four(x, x, x) : four(0, 0, 0)].concat([[x, x]].map((y) => four(y[0], y[1], 9))) }`,
    inputs: [0, 1],
  },
  {
    name: 'characters and functions that end early',
    code: `const log = []; const note = (x) => { if (x) { log.push(x); return } try { log.push(x.a.b) } catch (e) { log.push("none"); return } };
    function handler(x) { note(x); note(0); return [log.concat(), "" + x, "abc".charCodeAt(0), "abc".charCodeAt(1), String(x).charCodeAt(0)] }`,
    inputs: ['', 'x', 5],
  },
  {
    name: 'functions whose result nobody, or somebody, looks at',
    code: `const log = []; const run = (f) => { try { f() } catch (e) { log.push("failed") } }; const give = (f) => [f(), f()];
    const note = (x) => { log.push(x) }; const told = (x) => { log.push(x) };
    function handler(x) { let n = 0; const add = () => { n += x.by }; run(() => { n = x.n.m }); run(add); note(n); x.by && note("by");
      return [give(() => { n = 5 }), [1].map((y) => { n += y }), told(1), run(add), n, log.concat()] }`,
    inputs: [{ by: 1, n: { m: 2 } }, { by: 0 }],
  },
  {
    name: 'loops, switches and functions that call each other',
    code: `function even(n) { return n === 0 ? true : odd(n - 1) } function odd(n) { return n === 0 ? false : even(n - 1) }
    const first = even(4), count = (n) => { const made = []; for (let i = 0; i < n; i++) { const j = i * i; made.push(() => i + j) } return made.map((f) => f()) };
    function handler(n) { let word; switch (n) { case 1: word = "one"; break; case 2: word = "two"; break; default: word = "many" }
      outer: for (const key in { a: 1, b: 2 }) { for (;;) { if (key === "a") continue outer; break outer } } return [first, even(n), count(n), word] }`,
    inputs: [0, 1, 2, 3],
  },
  {
    name: 'numbers that operators make of texts',
    code: `function handler(list) { return list.map((x) => [Number(x) * Number(x), Number(x) / 2, 7 % Number(x), Number(x) - 1, Number(x) + Number(x), Number(x) < Number("10"), x < "10", Number(x) >= Number("9"), "9" <= Number(x)]) }`,
    inputs: [['5', '10', '9', 'x', '']],
  },
  {
    name: 'constants that one function reads, under the names of its callers',
    code: `const table = "a1;b2".split(";").map((line) => line.split("")).concat([["c"]]), empty = "none", tag = /x(y)/g, sticky = /z/g;
    const find = (rows, name, other) => { const all = rows; return all.filter((row) => row[0] === name).map((row) => row[1] || other) };
    function handler(x) { return [find(table, x, empty), "xyxy".replace(tag, x), sticky.test("z" + x), sticky.lastIndex] }`,
    inputs: ['a', 'c', 'z', 'b'],
  },
  {
    name: 'functions that an arrow cannot replace',
    code: `function Made(x) { this.x = x } Made.prototype.twice = function () { return this.x * 2 };
    function sum() { return Array.prototype.reduce.call(arguments, (a, b) => a + b, 0) } function rest(a, ...more) { const all = more.concat(a); return all }
    function handler(x) { return [new Made(x).twice(), sum(x, x, 1), rest(x, 2, 3)] }`,
    inputs: [1, 5],
  },
  {
    name: 'templates',
    code: `function handler(a) { const b = a + 1; return [\`\${a}\${b}\`, \`\${a}_\${b}\`, \`/\${a ? b : a}\`, 1 + \`\${a}x\`, \`\${a}\`.length, \`-\${b}-\`.split(\`\${a}\`), \`\\\${}\`, \`\${a, b}=\${[a]}\`] }`,
    inputs: [1, '', 'x', null],
  },
  {
    name: 'comparisons with texts and with nothing',
    code: `function handler(x) { return [x === "auto", x !== "auto", x === "", x === "1", x === " ", x === undefined, x === null, x === void 0, "auto" === x, "NaN" === x] }`,
    inputs: ['auto', '', '1', 1, 0, null, Number.NaN, true, 'NaN'],
  },
  {
    name: 'properties of its own, one of them unread',
    code: `const row = (name, x) => ({ own: name, unread: x, value: name }); const rows = [row("a", 1), row("b", 2)];
    function handler(x) { return rows.filter((each) => each.own !== x).map((each) => each.value + each.own) }`,
    inputs: ['a', 'c'],
  },
  {
    name: 'a statement that runs before variables',
    code: `const log = []; log.push("early"); log.push("early"); const late = log.concat("early"); function handler() { return [log, late] }`,
    inputs: [0],
  },
  {
    name: 'directives',
    code: `"use strict"; function whose() { return this === undefined ? "strict" : "sloppy" } function handler() { "use strict"; return [whose(), whose(), "use strict", "use strict"] }`,
    inputs: [0],
  },
]

const call = '(function (json) { return JSON.stringify(handler(JSON.parse(json))) })'

/** What `handler` of `code` answers each input, or what it throws. */
function answersOf(code: string, inputs: readonly unknown[]): unknown[] {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } })
  runInContext(code, context)
  const run = runInContext(call, context)
  return inputs.map((input) => {
    try {
      return run(JSON.stringify(input))
    } catch (thrown) {
      return String((thrown as Error).name)
    }
  })
}

suite('shrink', () => {
  for (const { name, code, inputs } of programs) {
    test(`leaves the answers of ${name}, in no more bytes than terser`, async () => {
      const small = await shrink(code, options)
      assert.deepEqual(answersOf(small, inputs), answersOf(code, inputs), small)
      const mangle = { toplevel: true, reserved: ['handler'], properties: { regex: options.ownProperties } }
      const compress = { passes: 4, top_retain: ['handler'] }
      const { code: terse = '' } = await minify(code, { ecma: 5, toplevel: true, compress, mangle })
      assert.ok(small.length <= terse.length, `${small.length} of ${terse.length}:\n${small}\n${terse}`)
    })
  }

  test('gives a text that repeats one name', async () => {
    const small = await shrink(
      'function handler(x){return x.replace("auto","").replace("auto","-").replace(/b/,"auto")}',
      options,
    )
    assert.equal(small, 'var a="replace",b="auto";function handler(c){return c[a](b,"")[a](b,"-")[a](/b/,b)}')
  })

  test('leaves keys of object literals', async () => {
    const small = await shrink(
      'function handler(a){return[{width:a.width},{width:a.b.width},{width:"width"}]}',
      options,
    )
    assert.equal(small.match(/\{width:/g)?.length, 3, small)
  })

  test('leaves the clock', async () => {
    const small = await shrink(
      'function handler(){return[Date.now(),Date.now(),Date.now(),Date.now()]}',
      options,
    )
    assert.equal(small.match(/\bDate\b/g)?.length, 4, small)
  })

  test('leaves a directive first', async () => {
    const small = await shrink('"use strict";function handler(a){return[a,"width","width","width"]}', options)
    assert.match(small, /^"use strict";/)
  })

  test('puts imports first, as they are written, then what is kept', async () => {
    const code = `import cf from "cloudfront"; import crypto from "crypto"; const SETTINGS = __SETTINGS__; const deep = SETTINGS.deep;
      function handler(a) { return [deep, cf.kvs().get(a), crypto.createHmac("sha256", a).update(a).digest("hex"), crypto.createHmac("sha256", a).update(a).digest("hex")] }`
    const small = await shrink(code, options)
    assert.match(
      small,
      /^import cf from"cloudfront";import crypto from"crypto";const SETTINGS=__SETTINGS__;var /,
    )
    assert.equal(small.match(/\bcf\.kvs\(\)/g)?.length, 1, small)
    assert.equal(small.match(/\bcrypto\.createHmac\(/g)?.length, 2, small)
  })
})

suite('renameVariables', () => {
  // njs 0.7.9 answers undefined where `last` and `outer` have one name.
  const code = `var outer="G";function handler(e){try{let first=3,held=(x=>{var y=first;return y})(1),last=e.y.z;return last+first+held}catch(thrown){return outer}}`

  test("gives a block's variable no name that its function sees", async () => {
    const program = await parseCode(code)
    renameVariables(program, ['handler'])
    const small = await printTree(program)
    const [, outer = '', first = '', held = '', last = ''] =
      /^var (\w)="G".*let (\w)=3,(\w)=.*,(\w)=\w\.y\.z/.exec(small) ?? []
    assert.equal(new Set([outer, first, held, last]).size, 4, small)
    assert.deepEqual(answersOf(small, [{}]), ['"G"'])
  })

  test('refuses a declaration that it does not know', async () => {
    const program = await parseCode('var{a}=b')
    assert.throws(() => renameVariables(program, []), /ObjectPattern/)
  })
})

suite('shrink, of what awaits,', () => {
  const helper = 'async function read(x){const y=await Promise.resolve(x.a);return y+1}'

  test('leaves each function at the top level and each await where it is', async () => {
    const code = `${helper} const twice = (x) => [x, x];
      async function handler(x) { try { const a = await read(x), b = await read({ a: a }); const c = twice(b);
        if (x.more) { const d = await read({ a: 5 }); c.push(twice(d)) } await read(x); return c.concat(twice(a)) } catch (e) { const f = await read({ a: String(e) }); return twice(f) } }`
    const small = await shrink(code, options)
    assert.equal(small.match(/\basync function\b/g)?.length, 2, small)
    assert.doesNotMatch(small, /async (?!function)|await_|barrier_/)
    for (const input of [{ a: 1 }, { a: 2, more: true }, null]) {
      const answers = await Promise.all(
        [code, small].map((each) => {
          const context = createContext({ input })
          return runInContext(
            `${each}\n;handler(input).then((x) => JSON.stringify(x))`,
            context,
          ) as Promise<string>
        }),
      )
      assert.equal(answers[0], answers[1])
    }
  })

  test('gives what it awaited by no name', async () => {
    const code =
      'async function handler(x){try{const a=await x.get();return a?1:2}catch(e){}try{const b=await x.has(x.key);return b}catch(e){return}}'
    const small = await shrink(code, options)
    assert.equal(
      small,
      'async function handler(a){try{return await a.get()?1:2}catch(b){}try{return await a.has(a.key)}catch(c){}}',
    )
  })

  for (const [what, code] of [
    ['an await in an argument', `${helper} async function handler(x){return[].concat(await read(x))}`],
    [
      'what a closure has and is set before an await',
      `${helper} async function handler(x){let a=1;const held=()=>a;a=x.a;const b=await read(x);return[a,held(),b]}`,
    ],
    ['an async closure', 'async function handler(x){return x.map(async(y)=>{await y;return y})}'],
  ] as const) {
    test(`refuses ${what}`, async () => {
      await assert.rejects(shrink(code, options), /^Error: the edge function /)
    })
  }
})

suite('the properties that the build may shorten', () => {
  const names = ownProperties.source.replace(/^\^\(\?:|\)\$$/g, '').split('|')
  let border: Set<string>

  before(async () => {
    const run = loadInVm(await readBuiltFunction(settings))
    const events = ['/x.jpg?w=8', '/x.jpg?w=x'].map((url) =>
      makeEventOf(url, [
        ['accept', 'a'],
        ['accept', 'b'],
      ]),
    )
    const answers = await Promise.all(
      events.map(async (event) => JSON.parse(await run(JSON.stringify(event)))),
    )
    const problem = JSON.parse(answers[1].body.data)
    const builtIns = [String, Array, RegExp, Number, Object, Math, JSON].flatMap((each) => [
      ...Object.getOwnPropertyNames(each),
      ...Object.getOwnPropertyNames('prototype' in each ? each.prototype : {}),
    ])
    border = new Set([
      ...[events, answers, problem, settings].flatMap(keysIn),
      ...parameters.map(({ name }) => name),
      // What every function has, and nothing here reads.
      ...builtIns.filter((name) => name !== 'name'),
    ])
  })

  test('are none that an event, an answer, the settings, a parameter or the language has', () => {
    assert.ok(border.size > 100 && border.has('headers') && border.has('ladder') && border.has('statusCode'))
    assert.deepEqual(
      names.filter((name) => border.has(name)),
      [],
    )
  })

  test('are all in the sources', () => {
    const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
    const sources = ['grammar', 'viewer-fn'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((file) => /\.ts$/.test(file) && file !== 'build.ts')
        .map((file) => readFileSync(join(root, folder, file), 'utf8')),
    )
    assert.ok(names.length > 2 && sources.length > 20)
    assert.deepEqual(
      names.filter((name) => !sources.some((text) => new RegExp(`\\b${name}\\??:`).test(text))),
      [],
    )
  })
})

/** The keys of objects at any depth of `value`. */
function keysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [
    ...(Array.isArray(value) ? [] : [key]),
    ...keysIn(each),
  ])
}
