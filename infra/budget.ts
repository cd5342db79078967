import { Stack } from 'aws-cdk-lib'
import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
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
 * @param alarms the topic of alarms in us-east-1, and a construct beside it; a budget can tell one topic, and where the settings name
 *   none it tells this. It is then there and not in the stack that is deployed first, which could not know the topic.
 */
export function createBudget(
  scope: Construct,
  budget: Budget,
  tags: Settings['tags'],
  alarms?: { readonly scope: Construct; readonly topic: ITopic | undefined },
): CfnBudget {
  const topic = budget.topicArn === undefined ? alarms?.topic : undefined
  const topicArn = budget.topicArn ?? topic?.topicArn
  const subscribers = [
    ...budget.emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
    ...(topicArn ? [{ subscriptionType: 'SNS', address: topicArn }] : []),
  ]
  const resource = new CfnBudget(alarms && topic ? alarms.scope : findProtectionScope(scope), 'Budget', {
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
