import { createContext, Script } from 'node:vm'
import type { ViewerFunction } from '../template/deployment.ts'
import { cloudfrontModule, cryptoModule, type KeyValueStore } from './function-modules.ts'

/** What the function decided: the request to go on with, or an answer of its own. */
export type Decision =
  | { kind: 'request'; uri: string; querystring: string }
  | { kind: 'response'; status: number; headers: Record<string, string>; body: string }
  | { kind: 'failure'; status: 502 | 503; reason: string }

/** Runs a viewer-request function on an event in JSON. */
export type RunViewerFunction = (eventJson: string) => Decision | Promise<Decision>

/** What the runtime offers beyond the language. `import` statements of the code are read as these names. */
interface FunctionGlobals {
  cloudfront: object
  crypto: object
}

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
  const globals: FunctionGlobals = { cloudfront: cloudfrontModule(store), crypto: cryptoModule }
  const context = createContext(
    { __modules: globals },
    { codeGeneration: { strings: false, wasm: false }, name: viewerFunction.name },
  )
  const code = viewerFunction.code.replace(
    /^import (\w+) from ['"](cloudfront|crypto)['"];?/gm,
    (_whole, name: string, module: string) => `const ${name} = __modules.${module};`,
  )
  new Script(code, { filename: `${viewerFunction.name}.js` }).runInContext(context)
  const call: (eventJson: string) => string | Promise<string> = new Script(callHandler).runInContext(context)
  return (eventJson) => {
    try {
      const result = call(eventJson)
      return typeof result === 'string' ? readDecision(result) : result.then(readDecision, fail)
    } catch (error) {
      return fail(error)
    }
  }
}

/** In the context, so that the event and the result are its own objects. */
const callHandler = `(json) => {
  const result = handler(JSON.parse(json))
  return result && typeof result.then === 'function' ? result.then((value) => JSON.stringify(value) || '') : JSON.stringify(result) || ''
}`

/** An exception, or a limit exceeded, is 503 for the viewer. */
function fail(error: unknown): Decision {
  return { kind: 'failure', status: 503, reason: String(error) }
}

function invalid(reason: string): Decision {
  return { kind: 'failure', status: 502, reason }
}

interface RawResult {
  uri?: unknown
  querystring?: unknown
  statusCode?: unknown
  headers?: Record<string, { value?: unknown }>
  body?: string | { data?: unknown }
}

/** What a result means; 502 for one that CloudFront would not take. */
function readDecision(json: string): Decision {
  const result: RawResult | undefined = json ? JSON.parse(json) : undefined
  if (typeof result !== 'object' || result === null)
    return invalid(`expected a request or response, received ${json}`)
  return 'statusCode' in result ? readResponse(result) : readRequest(result)
}

function readRequest({ uri, querystring }: RawResult): Decision {
  if (typeof uri !== 'string' || !uri.startsWith('/'))
    return invalid(`expected a uri, received ${String(uri)}`)
  if (typeof querystring === 'string') return { kind: 'request', uri, querystring }
  const pairs = Object.entries(
    (querystring ?? {}) as Record<string, { value: string; multiValue?: { value: string }[] }>,
  )
  const pieces = pairs.flatMap(([name, entry]) =>
    (entry.multiValue ?? [entry]).map(({ value }) => (value === '' ? name : `${name}=${value}`)),
  )
  return { kind: 'request', uri, querystring: pieces.join('&') }
}

/** Headers that a function may not write. Source: CloudFront developer guide, "Restrictions on edge functions". */
const forbiddenHeaders =
  /^(?:connection|content-length|expect|keep-alive|proxy-.*|trailer|transfer-encoding|upgrade|via|x-accel-.*|x-amz-cf-.*|x-amzn-.*|x-cache.*|x-edge-.*|x-forwarded-proto|x-real-ip)$/

function readResponse({ statusCode, headers = {}, body = '' }: RawResult): Decision {
  if (!Number.isInteger(statusCode)) return invalid(`expected a status, received ${String(statusCode)}`)
  const values: Record<string, string> = {}
  for (const [name, { value }] of Object.entries(headers)) {
    if (name !== name.toLowerCase() || forbiddenHeaders.test(name) || typeof value !== 'string') {
      return invalid(`expected headers that a function may write, received ${name}`)
    }
    values[name] = value
  }
  const text = typeof body === 'string' ? body : String(body.data ?? '')
  return { kind: 'response', status: Number(statusCode), headers: values, body: text }
}
