import { Names, Stack, Token } from 'aws-cdk-lib'
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import { Construct } from 'constructs'
import { tagDeployment, tagPart } from './cost-tags.ts'
import type { Waf } from './protection-settings.ts'
import type { Settings } from './settings.ts'

/** Where AWS keeps the web ACLs of CloudFront. */
const webAclRegion = 'us-east-1'

/** Says what is wrong, which WAF's own 403 would not, and is never cached. */
const tooManyRequests = 429

/**
 * Common rules that only count here, since each would refuse what this grammar takes and bounds itself.
 * Source: AWS WAF developer guide, "Baseline rule groups", Core rule set.
 */
const countedRules = [
  // Paths above 1,024 bytes: a key of as many bytes takes three times that when percent-encoded.
  'SizeRestrictions_URIPATH',
  // Queries above 2,048 bytes: a signed request that names many parameters.
  'SizeRestrictions_QUERYSTRING',
  // Backends and feed readers that fetch pictures without a User-Agent.
  'NoUserAgent_HEADER',
]

/** Returns the ARN of the distribution's web ACL: the settings' own, that of one made here, or undefined for none. */
export function createWebAcl(scope: Construct, { protection, tags }: Settings): string | undefined {
  const { waf, webAclArn } = protection
  if (!waf) return webAclArn
  const webAcl = new CfnWebACL(findWebAclScope(scope), 'WebAcl', {
    scope: 'CLOUDFRONT',
    description: 'Fovea: a bound on requests, and rules of AWS',
    defaultAction: { allow: {} },
    rules: [limitRate(waf), ...(waf.commonRules ? [useCommonRules()] : [])],
    visibilityConfig: measure('FoveaWebAcl'),
  })
  tagPart('protection', webAcl)
  tagDeployment(webAcl, scope, tags)
  return webAcl.attrArn
}

/**
 * `scope` itself where its stack is in us-east-1, or anywhere; else a construct in a stack beside it, named after it with
 * `Protection`, which is deployed before it. `scope`'s stack then needs `crossRegionReferences: true`, or the CDK says so.
 */
function findWebAclScope(scope: Construct): Construct {
  const stack = Stack.of(scope)
  if (stack.region === webAclRegion || Token.isUnresolved(stack.region)) return scope
  const parent = stack.node.scope ?? stack
  const id = `${stack.node.id}Protection`
  const found = parent.node.tryFindChild(id)
  // One for all pipelines of a stack.
  const beside = found instanceof Stack ? found : createStackBeside(parent, id, stack)
  return new Construct(beside, Names.uniqueId(scope))
}

function createStackBeside(parent: Construct, id: string, stack: Stack): Stack {
  return new Stack(parent, id, {
    description: 'Fovea: the web ACL of the distribution',
    env: { region: webAclRegion, account: Token.isUnresolved(stack.account) ? undefined : stack.account },
    crossRegionReferences: true,
    analyticsReporting: false,
  })
}

function limitRate({ requestsPerFiveMinutes }: Waf): CfnWebACL.RuleProperty {
  return {
    name: 'Rate',
    priority: 0,
    action: { block: { customResponse: { responseCode: tooManyRequests } } },
    statement: {
      rateBasedStatement: {
        aggregateKeyType: 'IP',
        limit: requestsPerFiveMinutes,
        evaluationWindowSec: 300,
      },
    },
    visibilityConfig: measure('FoveaRate'),
  }
}

function useCommonRules(): CfnWebACL.RuleProperty {
  return {
    name: 'Common',
    priority: 1,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: 'AWSManagedRulesCommonRuleSet',
        ruleActionOverrides: countedRules.map((name) => ({ name, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: measure('FoveaCommon'),
  }
}

function measure(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true }
}
