import { Stack } from 'aws-cdk-lib'
import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import type { Construct } from 'constructs'
import { tagDeployment, tagPart } from './cost-tags.ts'
import { findProtectionScope } from './protection-scope.ts'
import type { Budget } from './protection-settings.ts'
import type { Settings } from './settings.ts'

/** Percent of the budget: time to look while there is time to act, and the month that will not hold. */
const notices = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'FORECASTED', threshold: 100 },
] as const

/**
 * Returns the budget of a month, which writes to those of the settings. A forecast needs five weeks of bills (Budgets user guide).
 *
 * @param topicArn the one topic of SNS that a budget can tell.
 */
export function createBudget(
  scope: Construct,
  budget: Budget,
  tags: Settings['tags'],
  topicArn = budget.topicArn,
): CfnBudget {
  const subscribers = [
    ...budget.emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
    ...(topicArn ? [{ subscriptionType: 'SNS', address: topicArn }] : []),
  ]
  const resource = new CfnBudget(findProtectionScope(scope), 'Budget', {
    budget: {
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: budget.monthlyDollars, unit: 'USD' },
      costFilters:
        budget.scope === 'deployment'
          ? { TagKeyValue: [`user:fovea:deployment$${Stack.of(scope).stackName}`] }
          : undefined,
    },
    notificationsWithSubscribers: notices.map((notice) => ({
      notification: { ...notice, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
      subscribers,
    })),
  })
  tagPart('protection', resource)
  tagDeployment(resource, scope, tags)
  return resource
}
