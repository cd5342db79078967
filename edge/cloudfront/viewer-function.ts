import { createContext, Script } from 'node:vm'
import type { ViewerFunction } from '../template/deployment.ts'
import { type Decision, readDecision } from './decision.ts'
import { createModules, type KeyValueStore } from './function-modules.ts'

/**
 * Runs a viewer-request function on an event in JSON.
 *
 * @param headersJson members of the event's request that many events share: its headers and cookies.
 */
export type RunViewerFunction = (eventJson: string, headersJson?: string) => Decision | Promise<Decision>

/**
 * A viewer function in a context of its own: no code generation from strings, only CloudFront's globals, and nothing
 * but JSON crosses the border, as between CloudFront and its runtime.
 *
 * @throws SyntaxError where the code does not load.
 */
export function loadViewerFunction(
  viewerFunction: ViewerFunction,
  store: KeyValueStore | undefined,
): RunViewerFunction {
  // Without a prototype: through `constructor` of this side's objects the code would reach this side's process.
  const globals: { __modules?: object } = Object.create(null)
  const context = createContext(globals, {
    codeGeneration: { strings: false, wasm: false },
    name: viewerFunction.name,
  })
  globals.__modules = createModules(context, store)
  const code = viewerFunction.code.replace(
    /(?<=^|;)\s*import\s+([\w$]+)\s+from\s*['"](cloudfront|crypto)['"];?/gm,
    (_whole, name: string, module: string) => `const ${name} = __modules.${module};`,
  )
  const filename = `${viewerFunction.name}.js`
  const handler = new Script(enclose(`${code}\nreturn handler`), { filename }).runInContext(context)
  const { call, tell }: Caller = new Script(enclose(callHandler)).runInContext(context)(handler)
  return (eventJson, headersJson) => {
    try {
      const result = call(eventJson, headersJson)
      if (typeof result === 'string') return readDecision(result)
      // The context has a Promise of its own: awaited once here, and not for each step of what follows.
      return new Promise((resolve) => {
        result.then(
          (value) => resolve(readDecision(tell(value))),
          (error) => resolve(fail(error)),
        )
      })
    } catch (error) {
      return fail(error)
    }
  }
}

/** What the code may name of the language, as parameters of the function around it. */
const builtIns =
  'Array, Boolean, Date, Error, JSON, Math, Number, Object, Promise, RegExp, String, TypeError, URIError, decodeURIComponent, encodeURIComponent, isNaN, parseFloat, parseInt'

/**
 * `body` as a function of its own. Each look at a global of a context is a call out of it, which makes code that names
 * globals, its own functions among them, less than half as fast.
 */
function enclose(body: string): string {
  return `((${builtIns}) => {${body}\n})(${builtIns})`
}

interface Caller {
  call: (eventJson: string, headersJson?: string) => string | Promise<unknown>
  /** What the handler gave, as text; {@link readDecision} reads it. */
  tell: (result: unknown) => string
}

/**
 * In the context, so that the event and the result are its own objects. Of a request nothing but its target matters; in
 * its usual form that is told as two texts, which is the whole of most results. Headers are read once and copied for
 * each event, which may change them: to read them again takes as long as the function itself.
 */
const callHandler = `
  const maxSets = 1000
  const sets = new Map()
  const isPlain = ({ headers, cookies }) =>
    Object.keys(cookies).length === 0 &&
    Object.keys(headers).every((name) => name !== '__proto__' && !headers[name].multiValue)
  const readSet = (json) => {
    const set = JSON.parse(json)
    if (sets.size === maxSets) sets.clear()
    sets.set(json, { headers: set.headers, names: isPlain(set) ? Object.keys(set.headers) : undefined })
    return JSON.parse(json)
  }
  const copySet = (json) => {
    const known = sets.get(json)
    if (!known || !known.names) return known ? JSON.parse(json) : readSet(json)
    const headers = {}
    for (const name of known.names) headers[name] = { value: known.headers[name].value }
    return { headers, cookies: {} }
  }
  const tell = (result) => {
    if (!result || result.statusCode !== undefined) return JSON.stringify(result) || ''
    const { uri, querystring } = result
    return typeof uri === 'string' && uri.charAt(0) === '/' && typeof querystring === 'string'
      ? uri + '\\n' + querystring
      : JSON.stringify({ uri, querystring })
  }
  return (handler) => ({ tell, call: (json, headersJson) => {
    const event = JSON.parse(json)
    if (headersJson) Object.assign(event.request, copySet(headersJson))
    const raw = event.rawQueryString
    delete event.rawQueryString
    event.request.rawQueryString = () => raw
    const result = handler(event)
    return result && typeof result.then === 'function' ? result : tell(result)
  } })`

/** An exception, or a limit exceeded, is 503 for the viewer. */
function fail(error: unknown): Decision {
  return { kind: 'failure', status: 503, reason: String(error) }
}
