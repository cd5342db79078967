import { Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'

/** What may publish: alarms, and the budget. */
const publishers = ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com']

/**
 * Returns the topic that everything reports to, TLS only.
 * Not encrypted with a key of its own: CloudWatch could not publish with AWS's key, one of ours is $1 a month, and what alarms
 * say is no secret.
 *
 * @param email who is told; undefined: nobody yet.
 */
export function createTopic(scope: Construct, email: string | undefined): Topic {
  const topic = new Topic(scope, 'Alarms', { displayName: 'Fovea alarms', enforceSSL: true })
  // Security: a topic with a policy has no longer the default one, which lets its own account's services publish; these two may,
  // and of this account alone (confused deputy).
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AllowAlarms',
      principals: publishers.map((service) => new ServicePrincipal(service)),
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  )
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email))
  return topic
}
