import { Stack, Stage, Token } from 'aws-cdk-lib'
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import { tagPart } from './cost-tags.ts'
import type { Protection, Waf } from './protection-settings.ts'

/** Where AWS keeps the web ACLs of CloudFront. */
const webAclRegion = 'us-east-1'

/** Lets a loop through and asks it to slow down, which 403 would not. WAF's answers are never cached. */
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
export function createWebAcl(scope: Construct, { waf, webAclArn }: Protection): string | undefined {
  if (!waf) return webAclArn
  const webAcl = new CfnWebACL(findWebAclScope(scope), 'WebAcl', {
    scope: 'CLOUDFRONT',
    description: 'Fovea: a bound on requests, and rules of AWS',
    defaultAction: { allow: {} },
    rules: [limitRate(waf), ...(waf.commonRules ? [useCommonRules()] : [])],
    visibilityConfig: measure('FoveaWebAcl'),
  })
  tagPart('protection', webAcl)
  return webAcl.attrArn
}

/** A stack of its own where the deployment's is elsewhere; the stack around `scope` then needs `crossRegionReferences`. */
function findWebAclScope(scope: Construct): Construct {
  const stack = Stack.of(scope)
  if (stack.region === webAclRegion || Token.isUnresolved(stack.region)) return scope
  const id = `${stack.node.id}Protection`
  const stage = Stage.of(stack) ?? stack.node.root
  const existing = stage.node.tryFindChild(id)
  return (
    existing ??
    new Stack(stage as Construct, id, {
      description: 'Fovea: the web ACL of the distribution',
      env: { region: webAclRegion, account: stack.account },
      crossRegionReferences: true,
      analyticsReporting: false,
    })
  )
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
