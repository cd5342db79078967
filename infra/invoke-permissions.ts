import { Aws } from 'aws-cdk-lib'
import { type Alias, CfnPermission } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'

/** Each must be given: a Function URL asks for both (Lambda guide, "Control access to Lambda function URLs", since October 2025). */
const actions = { Url: 'lambda:InvokeFunctionUrl', Function: 'lambda:InvokeFunction' } as const

/**
 * Lets a distribution of this account call the transformer by its alias. What the CDK writes for its origin names CloudFormation's
 * `FunctionArn` of the URL; whether that says the alias is not documented, so both are written.
 */
export function allowDistribution(scope: Construct, alias: Alias, distributionId: string): void {
  for (const [name, action] of Object.entries(actions)) {
    new CfnPermission(scope, `Invoke${name}`, {
      principal: 'cloudfront.amazonaws.com',
      action,
      functionName: alias.functionArn,
      // Security: without it every distribution of every account could call the transformer.
      sourceArn: `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distributionId}`,
      invokedViaFunctionUrl: name === 'Function' ? true : undefined,
    })
  }
}
