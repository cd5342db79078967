import {
  AllowedMethods,
  type BehaviorOptions,
  CachedMethods,
  FunctionEventType,
  type IFunction,
  type IOrigin,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import type { GuardParts } from './guards.ts'
import { formatPathPattern } from './key-prefix.ts'
import { listBehaviours } from './prefix-behaviours.ts'
import { createCachePolicy, createOriginRequestPolicy } from './request-policies.ts'
import { createResponseHeadersPolicy } from './response-policy.ts'
import type { Settings } from './settings.ts'

/** The behaviours of a distribution. */
export interface Behaviours {
  readonly defaultBehavior: BehaviorOptions & { readonly origin: IOrigin }
  /** By path pattern, in the order in which CloudFront tries them: the longest prefix first, vector graphics last. */
  readonly additionalBehaviors: Readonly<Record<string, BehaviorOptions & { readonly origin: IOrigin }>>
}

/**
 * The keys of vector graphics, which compress. Behind all prefixes, so that it opens none of them; by the name, as nothing else is
 * known of a request: what is called so and is none has one cached object for each way to unpack it, and all else is the same.
 */
const vectorPattern = '*.svg'

/** Returns the behaviours: all of one origin and one cache, apart in who may ask and what browsers may keep. */
export function createBehaviours(
  scope: Construct,
  settings: Settings,
  origin: IOrigin,
  viewerFunction: IFunction,
  guards: readonly GuardParts[],
): Behaviours {
  const listed = listBehaviours(settings)
  const policies = new Map(
    [...new Set(listed.map((each) => each.private))].map((isPrivate) => [
      isPrivate,
      createResponseHeadersPolicy(scope, isPrivate),
    ]),
  )
  const shared = {
    origin,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
    cachedMethods: CachedMethods.CACHE_GET_HEAD,
    // Not a redirect: a signed URL must not travel in the clear once before it is redirected.
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    compress: false,
    cachePolicy: createCachePolicy(scope, false),
    originRequestPolicy: createOriginRequestPolicy(scope),
  }
  const behaviours = listed.map((each) => {
    const guard = each.guarded ? guards.find(({ prefix }) => prefix === each.prefix) : undefined
    // Security: without its key group the behaviour's function would open the prefix to everyone.
    if (each.guarded && !guard) throw new Error(`expected a guard of ${each.prefix} but received none`)
    const own: BehaviorOptions & { origin: IOrigin } = {
      ...shared,
      responseHeadersPolicy: policies.get(each.private),
      trustedKeyGroups: guard && [guard.keyGroup],
      functionAssociations: [
        { function: guard?.viewerFunction ?? viewerFunction, eventType: FunctionEventType.VIEWER_REQUEST },
      ],
    }
    return [formatPathPattern(each.prefix) ?? '', own] as const
  })
  const [, defaultBehavior] = behaviours.pop() ?? []
  if (!defaultBehavior) throw new Error('expected a default behaviour but received none')
  const vectors = { ...defaultBehavior, compress: true, cachePolicy: createCachePolicy(scope, true) }
  return {
    defaultBehavior,
    additionalBehaviors: Object.fromEntries([...behaviours, [vectorPattern, vectors]]),
  }
}
