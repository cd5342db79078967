import type { Stats } from '../stats.ts'
import type { Behaviour, Deployment } from '../template/deployment.ts'
import { dropAccessClaim, readAccessClaim } from './access-claim.ts'
import type { CachedOrigin, EdgeAnswer } from './cached-origin.ts'
import type { Decision } from './decision.ts'
import { formatEvent, type ViewerHttpRequest } from './event.ts'
import type { KeyValueStore } from './function-modules.ts'
import { compilePathPattern } from './path-pattern.ts'
import { type AccessError, findAccessError, formatAccessError } from './viewer-access.ts'
import { loadViewerFunction, type RunViewerFunction } from './viewer-function.ts'
import { createHeaderReader, type ViewerHeaders } from './viewer-headers.ts'

/** A distribution: from a viewer's request to an answer, in CloudFront's order. */
export interface Distribution {
  /** At once only where nothing is asynchronous: neither a viewer function nor a miss. */
  answer(request: ViewerHttpRequest): EdgeAnswer | Promise<EdgeAnswer>
}

interface LoadedBehaviour {
  behaviour: Behaviour
  matches: (path: string) => boolean
  readHeaders: (request: ViewerHttpRequest) => ViewerHeaders
  run?: RunViewerFunction
}

/**
 * Plays the distribution of `deployment`.
 *
 * @param stores KeyValueStores by logical id.
 * @param now milliseconds since the epoch, for what signed policies say; default: the wall clock.
 * @throws SyntaxError where a viewer function does not load.
 */
export function createDistribution(
  deployment: Deployment,
  cachedOrigin: CachedOrigin,
  stores: ReadonlyMap<string, KeyValueStore>,
  stats: Stats,
  now: () => number = Date.now,
): Distribution {
  const behaviours = deployment.behaviours.map(
    (behaviour): LoadedBehaviour => ({
      behaviour,
      matches: compilePathPattern(behaviour.pathPattern),
      readHeaders: createHeaderReader(behaviour),
      run:
        behaviour.viewerFunction &&
        loadViewerFunction(
          behaviour.viewerFunction,
          stores.get(behaviour.viewerFunction.keyValueStore ?? ''),
        ),
    }),
  )
  return {
    answer(request) {
      stats.requests++
      // The behaviour is chosen by the viewer's path; what the function rewrites it to is never matched again.
      const matched = behaviours.find(({ matches }) => matches(request.path))
      if (!matched) throw new Error('expected a default behaviour in the deployment')
      const { behaviour, run, readHeaders } = matched
      const viewer = readHeaders(request)
      if (exceedsQuota(request, viewer.bytes)) {
        return refuse(413, 'The request or its URL is too large.', 'Error', stats)
      }
      if (!behaviour.allowedMethods.includes(request.method)) {
        return refuse(
          403,
          'This distribution is not configured to allow the HTTP request method.',
          'Error',
          stats,
        )
      }
      const { method, path, ip } = request
      let { query } = request
      if (behaviour.trustedKeys) {
        const claim = readAccessClaim(query, viewer.cookies)
        // Neither the function nor the cache key sees CloudFront's own parameters.
        query = dropAccessClaim(query)
        const url = { domain: viewer.host, path, query: query ?? '' }
        const error = findAccessError(behaviour.trustedKeys, claim, url, ip, now())
        if (error) return refuseAccess(error, stats)
      }
      const decision = run
        ? run(formatEvent({ method, path, query, ip }), viewer.headersJson)
        : ({ kind: 'request', uri: path, querystring: query ?? '' } as const)
      return decision instanceof Promise
        ? decision.then((decided) => followDecision(decided, behaviour, method, viewer, cachedOrigin, stats))
        : followDecision(decision, behaviour, method, viewer, cachedOrigin, stats)
    },
  }
}

/** Bytes of a URL. Source: CloudFront developer guide, "Quotas", as the next. */
const maxUrlBytes = 8192

/** Bytes of a request with its headers. */
const maxRequestBytes = 20_480

/** CloudFront answers 413 itself to what is beyond its quotas. */
function exceedsQuota({ path, query }: ViewerHttpRequest, headerBytes: number): boolean {
  const urlBytes = path.length + (query === undefined ? 0 : query.length + 1)
  return urlBytes > maxUrlBytes || urlBytes + headerBytes > maxRequestBytes
}

function followDecision(
  decision: Decision,
  behaviour: Behaviour,
  method: string,
  { device, encodings }: ViewerHeaders,
  cachedOrigin: CachedOrigin,
  stats: Stats,
): EdgeAnswer | Promise<EdgeAnswer> {
  switch (decision.kind) {
    case 'request': {
      const url = decision.querystring === '' ? decision.uri : `${decision.uri}?${decision.querystring}`
      return cachedOrigin.get({ behaviour, method, url, encodings, headers: device })
    }
    case 'response':
      stats.refused++
      if (decision.status >= 500) stats.errors++
      return {
        status: decision.status,
        headers: Object.entries(decision.headers).flat(),
        body: Buffer.from(decision.body),
        xCache: 'FunctionGeneratedResponse from cloudfront',
      }
    case 'failure': {
      process.stderr.write(`viewer function: ${decision.reason}\n`)
      const how = decision.status === 503 ? 'FunctionExecutionError' : 'FunctionValidationError'
      return refuse(decision.status, 'The CloudFront function is invalid or could not run.', how, stats)
    }
  }
}

function refuse(status: number, text: string, how: string, stats: Stats): EdgeAnswer {
  stats.refused++
  if (status >= 500) stats.errors++
  return {
    status,
    headers: ['content-type', 'text/plain'],
    body: Buffer.from(`${text}\n`),
    xCache: `${how} from cloudfront`,
  }
}

/** CloudFront's own 403 to who shows no right to the file. */
function refuseAccess(error: AccessError, stats: Stats): EdgeAnswer {
  stats.refused++
  return {
    status: 403,
    headers: ['content-type', 'text/xml'],
    body: Buffer.from(formatAccessError(error)),
    xCache: 'Error from cloudfront',
  }
}
