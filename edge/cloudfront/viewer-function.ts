import { createContext, Script } from 'node:vm'
import type { ViewerFunction } from '../template/deployment.ts'
import { createModules, type KeyValueStore } from './function-modules.ts'

/** What the function decided: the request to go on with, or an answer of its own. */
export type Decision =
  | { kind: 'request'; uri: string; querystring: string }
  | { kind: 'response'; status: number; headers: Record<string, string>; body: string }
  | { kind: 'failure'; status: 502 | 503; reason: string }

/** Runs a viewer-request function on an event in JSON. */
export type RunViewerFunction = (eventJson: string) => Decision | Promise<Decision>

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
    /(^|;)\s*import\s+([\w$]+)\s+from\s*['"](cloudfront|crypto)['"];?/gm,
    (_whole, before: string, name: string, module: string) => `${before}const ${name} = __modules.${module};`,
  )
  new Script(code, { filename: `${viewerFunction.name}.js` }).runInContext(context)
  const call: (eventJson: string) => string | Promise<string> = new Script(callHandler).runInContext(context)
  return (eventJson) => {
    try {
      const result = call(eventJson)
      if (typeof result === 'string') return readDecision(result)
      // The context has a Promise of its own, which no `instanceof` out here would know.
      return Promise.resolve(result).then(readDecision, fail)
    } catch (error) {
      return fail(error)
    }
  }
}

/** In the context, so that the event and the result are its own objects. */
const callHandler = `(json) => {
  const event = JSON.parse(json)
  const raw = event.rawQueryString
  delete event.rawQueryString
  event.request.rawQueryString = () => raw
  const result = handler(event)
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
  try {
    return 'statusCode' in result ? readResponse(result) : readRequest(result)
  } catch (error) {
    return invalid(`expected headers and parameters as { value }, received ${json}: ${String(error)}`)
  }
}

function readRequest({ uri, querystring }: RawResult): Decision {
  if (typeof uri !== 'string' || !/^\/[!-~]*$/.test(uri))
    return invalid(`expected a uri, percent-encoded, received ${String(uri)}`)
  if (typeof querystring === 'string') {
    if (!/^[!-~]*$/.test(querystring))
      return invalid(`expected a query, percent-encoded, received ${querystring}`)
    return { kind: 'request', uri, querystring }
  }
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
  if (!Number.isInteger(statusCode) || Number(statusCode) < 100 || Number(statusCode) > 599)
    return invalid(`expected a status, received ${String(statusCode)}`)
  const values: Record<string, string> = {}
  for (const [name, { value }] of Object.entries(headers)) {
    if (
      !/^[a-z\d!#$%&'*+.^_`|~-]+$/.test(name) ||
      forbiddenHeaders.test(name) ||
      typeof value !== 'string' ||
      !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)
    ) {
      return invalid(`expected headers that a function may write, received ${name}`)
    }
    values[name] = value
  }
  const text = typeof body === 'string' ? body : String(body.data ?? '')
  return { kind: 'response', status: Number(statusCode), headers: values, body: text }
}
