import { Stack } from 'aws-cdk-lib'
import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { tagPart } from './cost-tags.ts'
import type { Budget } from './protection-settings.ts'

/** Percent of the budget: time to look while there is time to act, and the month that will not hold. */
const notices = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'FORECASTED', threshold: 100 },
] as const

/** Returns the budget of a month, which writes to those of the settings and, unless they name one, to `topic`. A forecast needs five weeks of bills (Budgets user guide). */
export function createBudget(scope: Construct, budget: Budget, topic: ITopic | undefined): CfnBudget {
  const topicArn = budget.topicArn ?? topic?.topicArn
  const subscribers = [
    ...budget.emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
    ...(topicArn ? [{ subscriptionType: 'SNS', address: topicArn }] : []),
  ]
  const resource = new CfnBudget(scope, 'Budget', {
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
  return resource
}
