import { Names, Stack } from 'aws-cdk-lib'
import { CfnAppMonitor } from 'aws-cdk-lib/aws-rum'
import type { Construct } from 'constructs'
import type { Rum } from '../monitoring-settings.ts'

/** An app monitor, and the name that its metrics have. */
export interface RumParts {
  readonly appMonitor: CfnAppMonitor
  readonly name: string
}

/**
 * Returns the app monitor that pages report their Core Web Vitals to; docs/operations.md has the snippet for them.
 * Security: its policy lets anyone report, as any browser must be able to; the other way, a Cognito identity pool, hands AWS
 * credentials to strangers for the same effect. What is reported is therefore never trusted: it is shown, and no alarm looks at
 * it.
 */
export function createAppMonitor(scope: Construct, rum: Rum): RumParts {
  const stack = Stack.of(scope)
  const name = Names.uniqueResourceName(scope, { maxLength: 60, separator: '-' })
  const arn = stack.formatArn({ service: 'rum', resource: 'appmonitor', resourceName: name })
  const appMonitor = new CfnAppMonitor(scope, 'AppMonitor', {
    name,
    domain: rum.domain,
    // Events are kept 30 days by RUM itself; a copy in CloudWatch Logs would be paid for.
    cwLogEnabled: false,
    appMonitorConfiguration: {
      // Privacy: without cookies there are no visitors, only page views.
      allowCookies: false,
      enableXRay: false,
      sessionSampleRate: rum.visitPercent / 100,
      telemetries: ['performance'],
    },
    resourcePolicy: {
      policyDocument: stack.toJsonString({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'rum:PutRumEvents', Resource: arn }],
      }),
    },
  })
  return { appMonitor, name }
}
