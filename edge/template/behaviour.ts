import type { Behaviour, CachePolicy, Origin, PolicyHeader, ViewerFunction } from './deployment.ts'
import { openProperties, type Properties, type Template } from './template.ts'
import { readTrustedKeys } from './trusted-keys.ts'
import { refuseUnplayed } from './unplayed.ts'

/** One cache behaviour, with the policies, function and origin that it names. */
export function readBehaviour(template: Template, config: Properties, raw: unknown): Behaviour {
  const behaviour = openProperties(raw, 'cache behaviour')
  refuseUnplayed('behaviour', behaviour)
  const originRequestPolicy = behaviour.find('OriginRequestPolicyId')
  const responsePolicy = behaviour.find('ResponseHeadersPolicyId')
  return {
    pathPattern: String(behaviour.find('PathPattern') ?? '*'),
    allowedMethods: (behaviour.find('AllowedMethods') as string[] | undefined) ?? ['GET', 'HEAD'],
    cachePolicy: readCachePolicy(template, behaviour.text('CachePolicyId')),
    compress: behaviour.find('Compress') === true,
    originHeaders: originRequestPolicy ? readOriginHeaders(template, String(originRequestPolicy)) : [],
    responseHeaders: responsePolicy ? readResponseHeaders(template, String(responsePolicy)) : [],
    trustedKeys: readTrustedKeys(template, behaviour),
    viewerFunction: readViewerFunction(template, behaviour),
    origin: readTarget(template, config, behaviour.text('TargetOriginId')),
  }
}

function readCachePolicy(template: Template, id: string): CachePolicy {
  const { properties } = template.resource(id)
  const parameters = 'CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin'
  // The key is path and query, and how they are packed. A policy that says otherwise would be played wrongly, so it is refused.
  expectText(properties, `${parameters}.QueryStringsConfig.QueryStringBehavior`, 'all')
  expectText(properties, `${parameters}.HeadersConfig.HeaderBehavior`, 'none')
  expectText(properties, `${parameters}.CookiesConfig.CookieBehavior`, 'none')
  const enabled = (encoding: string) =>
    properties.find(`${parameters}.EnableAcceptEncoding${encoding}`) === true
  return {
    id,
    encodings: [...(enabled('Brotli') ? ['br' as const] : []), ...(enabled('Gzip') ? ['gzip' as const] : [])],
    minSeconds: properties.number('CachePolicyConfig.MinTTL'),
    defaultSeconds: properties.number('CachePolicyConfig.DefaultTTL'),
    maxSeconds: properties.number('CachePolicyConfig.MaxTTL'),
  }
}

function expectText(properties: Properties, path: string, expected: string): void {
  const received = properties.text(path)
  if (received !== expected) throw new Error(`${path}: expected ${expected} but received ${received}`)
}

function readOriginHeaders(template: Template, id: string): string[] {
  const { properties } = template.resource(id)
  const headers = properties.list('OriginRequestPolicyConfig.HeadersConfig.Headers')
  return headers.map((name) => String(name).toLowerCase())
}

function readResponseHeaders(template: Template, id: string): PolicyHeader[] {
  const policy = openProperties(template.resource(id).properties.find('ResponseHeadersPolicyConfig'), id)
  refuseUnplayed('responseHeadersPolicy', policy)
  const custom = policy.list('CustomHeadersConfig.Items').map((raw) => {
    const item = openProperties(raw, id)
    return {
      name: item.text('Header').toLowerCase(),
      value: item.text('Value'),
      override: item.find('Override') === true,
    }
  })
  return [...readSecurityHeaders(policy), ...custom]
}

/** How CloudFront writes its security headers. Source: CloudFront developer guide, "Understand response headers policies". */
const securityHeaders: Readonly<Record<string, readonly [string, (header: Properties) => string]>> = {
  ContentSecurityPolicy: ['content-security-policy', (header) => header.text('ContentSecurityPolicy')],
  ContentTypeOptions: ['x-content-type-options', () => 'nosniff'],
  FrameOptions: ['x-frame-options', (header) => header.text('FrameOption')],
  ReferrerPolicy: ['referrer-policy', (header) => header.text('ReferrerPolicy')],
  StrictTransportSecurity: [
    'strict-transport-security',
    (header) =>
      `max-age=${header.number('AccessControlMaxAgeSec')}${header.find('IncludeSubdomains') ? '; includeSubDomains' : ''}${header.find('Preload') ? '; preload' : ''}`,
  ],
}

function readSecurityHeaders(policy: Properties): PolicyHeader[] {
  const config = (policy.find('SecurityHeadersConfig') ?? {}) as Record<string, unknown>
  return Object.entries(config).map(([name, raw]) => {
    const known = securityHeaders[name]
    if (!known) throw new Error(`SecurityHeadersConfig.${name} is not played by the local edge`)
    const header = openProperties(raw, name)
    return { name: known[0], value: known[1](header), override: header.find('Override') === true }
  })
}

function readViewerFunction(template: Template, behaviour: Properties): ViewerFunction | undefined {
  const associations = behaviour.list('FunctionAssociations').map((raw) => openProperties(raw, 'association'))
  const [association] = associations
  if (!association) return undefined
  if (associations.length > 1 || association.text('EventType') !== 'viewer-request') {
    throw new Error('expected one viewer-request function a behaviour: the local edge plays no other')
  }
  const { properties } = template.resource(association.text('FunctionARN'))
  const [store] = properties.list('FunctionConfig.KeyValueStoreAssociations')
  return {
    name: properties.text('Name'),
    code: properties.text('FunctionCode'),
    keyValueStore: store ? openProperties(store, 'association').text('KeyValueStoreARN') : undefined,
  }
}

/** An origin, or an origin group as its first origin with the second behind it. */
function readTarget(template: Template, config: Properties, id: string): Origin {
  const raw = config
    .list('OriginGroups.Items')
    .find((each) => openProperties(each, 'group').text('Id') === id)
  if (raw === undefined) return readOrigin(template, config, id)
  const group = openProperties(raw, id)
  refuseUnplayed('originGroup', group)
  const members = group.list('Members.Items').map((each) => openProperties(each, id).text('OriginId'))
  const [first, second] = members
  if (first === undefined || second === undefined || members.length > 2) {
    throw new Error(`${id}.Members: expected two origins but received ${members.length}`)
  }
  return {
    ...readOrigin(template, config, first),
    failover: {
      origin: readOrigin(template, config, second),
      statuses: group.list('FailoverCriteria.StatusCodes.Items').map(Number),
    },
  }
}

function readOrigin(template: Template, config: Properties, id: string): Origin {
  const raw = config.list('Origins').find((each) => openProperties(each, 'origin').text('Id') === id)
  const origin = openProperties(raw, id)
  refuseUnplayed('origin', origin)
  return {
    functionId: template.resource(readUrlId(origin)).properties.text('TargetFunctionArn'),
    connectionAttempts: Number(origin.find('ConnectionAttempts') ?? 3),
    connectionTimeoutSeconds: Number(origin.find('ConnectionTimeout') ?? 10),
    readTimeoutSeconds: Number(origin.find('CustomOriginConfig.OriginReadTimeout') ?? 30),
    signed: typeof origin.find('OriginAccessControlId') === 'string',
  }
}

/**
 * The logical id of the Function URL that an origin names.
 *
 * @throws Error where it names something else.
 */
export function readUrlId(origin: Properties): string {
  const [urlId, suffix] = origin.text('DomainName').split('.')
  if (urlId && suffix === 'lambda-url') return urlId
  throw new Error(`${origin.text('Id')}: expected a Function URL as origin: the local edge plays no other`)
}
