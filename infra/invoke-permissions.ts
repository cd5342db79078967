import { Aws } from 'aws-cdk-lib'
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'

/** Each must be given: a Function URL asks for both (Lambda guide, "Control access to Lambda function URLs", since October 2025). */
const actions = { Url: 'lambda:InvokeFunctionUrl', Function: 'lambda:InvokeFunction' } as const

/** Lets a distribution of this account call what the Function URL is on: the transformer, or its alias. */
export function allowDistribution(scope: Construct, target: IFunction, distributionId: string): void {
  for (const [name, action] of Object.entries(actions)) {
    new CfnPermission(scope, `Invoke${name}`, {
      principal: 'cloudfront.amazonaws.com',
      action,
      functionName: target.functionArn,
      // Security: without it every distribution of every account could call the transformer.
      sourceArn: formatDistributionArn(distributionId),
      invokedViaFunctionUrl: name === 'Function' ? true : undefined,
    })
  }
}

/** The ARN of a distribution of this account. */
export function formatDistributionArn(distributionId: string): string {
  return `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distributionId}`
}
