import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { formatSettings } from '../../grammar/format-settings.ts'
import { buildViewerFunction } from '../../viewer-fn/build.ts'
import { callHandler, type FakeStore, fakeStoreSource, importsOf } from './fake-modules.ts'

const builtFile = join(dirname(fileURLToPath(import.meta.url)), '../../build/viewer-fn/index.js')

/** What stands in the built file for the settings. */
export const settingsPlaceholder = '__FOVEA_SETTINGS__'

/**
 * The globals of runtime 2.0 that are part of the language. Source: CloudFront developer guide, "JavaScript runtime 2.0
 * features". Those of the host (Buffer, TextEncoder, atob, console) are left out: the function uses none.
 */
const languageGlobals = [
  ...[
    'Object',
    'Function',
    'Array',
    'String',
    'Number',
    'Boolean',
    'Date',
    'Math',
    'JSON',
    'RegExp',
    'Promise',
  ],
  ...['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...['ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array'],
  ...['Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array'],
  ...['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'NaN', 'Infinity', 'undefined', 'globalThis'],
  ...['decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent'],
]

/** Methods that V8 has and runtime 2.0 has not. */
const missingMethods = {
  'String.prototype': ['at', 'isWellFormed', 'localeCompare', 'matchAll', 'normalize', 'toWellFormed'],
  'Array.prototype': ['at', 'findLast', 'flat', 'flatMap', 'toReversed', 'toSorted', 'toSpliced', 'with'],
  Array: ['from'],
  Object: ['fromEntries', 'groupBy', 'hasOwn'],
}

/** The built file as it is deployed but for the settings. Builds it where it has not been built. */
export async function readBuiltFile(): Promise<string> {
  if (!existsSync(builtFile)) await buildViewerFunction()
  return readFile(builtFile, 'utf8')
}

/** The built function with `settings` put in, as source. */
export async function readBuiltFunction(settings: DecisionSettings): Promise<string> {
  return (await readBuiltFile()).replace(settingsPlaceholder, () => formatSettings(settings))
}

/** A handler that takes an event as JSON and gives its result as JSON: nothing else passes between CloudFront and it. */
export type RunHandler = (eventJson: string) => Promise<string>

/**
 * Loads `source` where there is only what CloudFront has: no globals of Node, no code generation, and of modules the two
 * that it imports. Returns its handler.
 */
export function loadInVm(source: string, store: FakeStore = { values: {} }): RunHandler {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } })
  runInContext(
    `(function (globals, methods) {
      Object.getOwnPropertyNames(globalThis).forEach(function (name) {
        if (globals.indexOf(name) < 0) delete globalThis[name]
      })
      Object.keys(methods).forEach(function (path) {
        var owner = path.split('.').reduce(function (value, name) { return value[name] }, globalThis)
        methods[path].forEach(function (name) { delete owner[name] })
      })
    })(${JSON.stringify(languageGlobals)}, ${JSON.stringify(missingMethods)})`,
    context,
  )
  const note = (read: string) => store.reads?.push(read)
  const digest = (algorithm: string, key: string, text: string, encoding: 'base64url' | 'hex') =>
    createHmac(algorithm, key).update(text).digest(encoding)
  context.modules = runInContext(`(${makeModules})`, context)(JSON.stringify(store), note, digest)
  const script = source.replace(importsOf, (_import, name, module) => `const ${name}=modules.${module};`)
  runInContext(script, context, { filename: 'viewer-fn/index.js' })
  delete context.modules
  return runInContext(`(${callHandler})`, context)
}

/** Source of what makes the modules, within the context: objects of this side would be a way out of it. */
const makeModules = `function (store, note, digest) {
  return {
    cloudfront: (${fakeStoreSource})(JSON.parse(store), note),
    crypto: {
      createHmac: function (algorithm, key) {
        var text = ''
        return {
          update: function (more) { text += more; return this },
          digest: function (encoding) { return digest(algorithm, key, text, encoding) },
        }
      },
    },
  }
}`
