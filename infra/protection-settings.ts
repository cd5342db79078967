import {
  expectBoolean,
  expectKnownNames,
  expectOneOf,
  expectWhole,
  fillIn,
  invalidSetting,
} from './setting-rules.ts'

/** The rules of a web ACL of AWS WAF, made for the distribution in us-east-1. */
export interface Waf {
  /**
   * Requests that one address may make in five minutes, 10–2,000,000,000; above it is answered 429. Default 5,000: fifty pages
   * of a hundred pictures, so that an office behind one address passes and a loop does not.
   */
  readonly requestsPerFiveMinutes: number
  /** Whether AWS's managed common rules (AWSManagedRulesCommonRuleSet) apply. Default true. */
  readonly commonRules: boolean
}

/** A budget, and who hears of it. */
export interface Budget {
  /** What a month may cost, in US dollars, above 0. */
  readonly monthlyDollars: number
  /** Who is written to, at most ten: at 80 % spent, and when the month is forecast to exceed the budget. Default none. */
  readonly emails: readonly string[]
  /** ARN of an SNS topic that is told the same; its policy must let `budgets.amazonaws.com` publish. Default undefined: none. */
  readonly topicArn: string | undefined
  /**
   * What is counted: `account` all of it; `deployment` what is tagged `fovea:deployment`, which counts nothing until that tag is
   * activated for cost allocation in the billing console. Default `account`: an alarm that cannot ring is worse than a loud one.
   */
  readonly scope: 'account' | 'deployment'
}

/** What guards against abuse and its bill. */
export interface Protection {
  /** A web ACL. Default undefined: none, since it is billed by month and by request, hits too. */
  readonly waf: Waf | undefined
  /** ARN of a web ACL that is there already, in us-east-1. Default undefined: none. */
  readonly webAclArn: string | undefined
  /** An alarm of the bill. Default undefined: none, since only you know who is to be told. */
  readonly budget: Budget | undefined
}

/** What a deployment says of its protection: whatever is left out of `waf: {}` and of a budget has its default. */
export interface GivenProtection {
  readonly waf?: Partial<Waf>
  readonly webAclArn?: string
  readonly budget?: Partial<Budget> & Pick<Budget, 'monthlyDollars'>
}

const protectionDefaults: Protection = { waf: undefined, webAclArn: undefined, budget: undefined }

const wafDefaults: Waf = { requestsPerFiveMinutes: 5_000, commonRules: true }

const budgetDefaults: Budget = { monthlyDollars: 0, emails: [], topicArn: undefined, scope: 'account' }

const WEB_ACL_ARN = /^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[0-9a-f-]+$/

const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/

/** Subscribers of one notification by e-mail. Source: AWS Budgets API reference, `Notification`. */
const maxEmails = 10

/** Returns the settings of the protection, complete. */
export function readProtection(given: GivenProtection = {}): Protection {
  expectKnownNames('protection', given, protectionDefaults)
  const { waf, webAclArn, budget } = given
  if (webAclArn !== undefined && !WEB_ACL_ARN.test(String(webAclArn))) {
    throw invalidSetting('protection.webAclArn', 'the ARN of a global web ACL in us-east-1', webAclArn)
  }
  // A distribution has one.
  if (webAclArn !== undefined && waf) throw invalidSetting('protection', 'either waf or webAclArn', given)
  return {
    waf: waf === undefined ? undefined : readWaf(waf),
    webAclArn,
    budget: budget === undefined ? undefined : readBudget(budget),
  }
}

function readWaf(given: Partial<Waf>): Waf {
  const waf = fillIn('protection.waf', wafDefaults, given)
  // Source: AWS WAF API reference, `RateBasedStatement`.
  expectWhole(
    'protection.waf.requestsPerFiveMinutes',
    waf.requestsPerFiveMinutes,
    10,
    2_000_000_000,
    'requests',
  )
  expectBoolean('protection.waf.commonRules', waf.commonRules)
  return waf
}

function readBudget(given: Partial<Budget>): Budget {
  const budget = fillIn('protection.budget', budgetDefaults, given)
  const { emails, monthlyDollars, topicArn } = budget
  if (!Number.isFinite(monthlyDollars) || monthlyDollars <= 0) {
    throw invalidSetting('protection.budget.monthlyDollars', 'dollars above 0', monthlyDollars)
  }
  expectOneOf('protection.budget.scope', budget.scope, ['account', 'deployment'])
  const addresses: readonly unknown[] = Array.isArray(emails) ? emails : [undefined]
  if (addresses.length > maxEmails || !addresses.every((email) => /^\S+@\S+\.\S+$/.test(String(email)))) {
    throw invalidSetting('protection.budget.emails', `at most ${maxEmails} e-mail addresses`, emails)
  }
  if (addresses.length === 0 && topicArn === undefined) {
    throw invalidSetting('protection.budget', 'emails or a topicArn to tell', given)
  }
  if (topicArn !== undefined && !TOPIC_ARN.test(String(topicArn))) {
    throw invalidSetting('protection.budget.topicArn', 'the ARN of an SNS topic', topicArn)
  }
  return budget
}
