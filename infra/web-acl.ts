import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import { tagDeployment, tagPart } from './cost-tags.ts'
import { findProtectionScope } from './protection-scope.ts'
import type { Waf } from './protection-settings.ts'
import type { Settings } from './settings.ts'

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
  const webAcl = new CfnWebACL(findProtectionScope(scope), 'WebAcl', {
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
