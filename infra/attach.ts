import { CfnOutput, Fn, Stack } from 'aws-cdk-lib'
import { type Distribution, FunctionUrlOriginAccessControl } from 'aws-cdk-lib/aws-cloudfront'
import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { Behaviours } from './behaviours.ts'
import { addCacheTags, cacheTagHeader } from './delivery.ts'
import { expectKeyPrefix, formatPathPattern } from './key-prefix.ts'
import { invalidSetting } from './setting-rules.ts'

/**
 * Adds to `distribution` the behaviours of the keys that begin with `prefix`, those of the settings' own prefixes within it
 * first, and has it read cache tags. All that a distribution has once for all its behaviours stays as it is: errors, certificate,
 * countries, web ACL.
 */
export function attachBehaviours(distribution: Distribution, behaviours: Behaviours, prefix: string): void {
  const pattern = formatPathPattern(prefix)
  expectKeyPrefix('prefix', prefix)
  if (pattern === undefined || (prefix !== '' && !prefix.endsWith('/'))) {
    throw invalidSetting('prefix', 'a prefix of A-Za-z0-9._-/ that ends with a slash', prefix)
  }
  const { defaultBehavior, additionalBehaviors } = behaviours
  const within = Object.entries(additionalBehaviors).flatMap(([path, behaviour]) => {
    const own = narrowPattern(path, prefix)
    return own === undefined ? [] : [[own, behaviour] as const]
  })
  for (const [path, { origin, ...options }] of new Map([...within, [pattern, defaultBehavior] as const])) {
    distribution.addBehavior(path, origin, options)
  }
  addCacheTags(distribution)
}

/**
 * Writes, as outputs, what a behaviour made elsewhere has to name to do as `behaviour` does.
 *
 * @param second the URL in the second region, which the same access control may sign for.
 */
export function describeBehaviour(
  scope: Construct,
  behaviour: Behaviours['defaultBehavior'],
  functionUrl: FunctionUrl,
  second: FunctionUrl | undefined,
): void {
  // The same for all distributions.
  if (scope.node.tryFindChild('Behaviour')) return
  const own = new Construct(scope, 'Behaviour')
  const [association] = behaviour.functionAssociations ?? []
  const accessControl = new FunctionUrlOriginAccessControl(own, 'OriginAccessControl')
  const values = {
    OriginDomainName: readHost(functionUrl),
    ...(second && { SecondOriginDomainName: readHost(second) }),
    OriginAccessControlId: accessControl.originAccessControlId,
    ViewerRequestFunctionArn: association?.function.functionRef.functionArn,
    CachePolicyId: behaviour.cachePolicy?.cachePolicyRef.cachePolicyId,
    OriginRequestPolicyId: behaviour.originRequestPolicy?.originRequestPolicyRef.originRequestPolicyId,
    ResponseHeadersPolicyId:
      behaviour.responseHeadersPolicy?.responseHeadersPolicyRef.responseHeadersPolicyId,
    CacheTagHeaderName: cacheTagHeader,
  }
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) throw new Error(`expected ${name} of a behaviour but received none`)
    new CfnOutput(own, name, { value })
  }
}

function readHost(functionUrl: FunctionUrl): string {
  return Fn.select(2, Fn.split('/', functionUrl.url))
}

/**
 * Throws an Error for a distribution of another stack than the pipeline's: that would need the pipeline's URL, and the pipeline, to
 * invalidate, alarm and allow, the distribution's id.
 */
export function expectSameStack(pipeline: Construct, distribution: Construct): void {
  const [own, other] = [Stack.of(pipeline), Stack.of(distribution)]
  if (own === other) return
  throw new Error(
    `attachTo: expected a distribution of the pipeline's own stack, ${own.node.path}, but received one of ${other.node.path}: ` +
      'the two would depend on each other. Give that distribution behaviour(), and this pipeline attachToId with its id as text',
  )
}

/** Returns what of `path` lies under the prefix: all of it, what a leading wildcard leaves of it, or undefined for nothing. */
function narrowPattern(path: string, prefix: string): string | undefined {
  if (path.startsWith(`/${prefix}`)) return path
  const wildcard = /^\/?\*/.exec(path)
  return wildcard ? `/${prefix}*${path.slice(wildcard[0].length)}` : undefined
}
