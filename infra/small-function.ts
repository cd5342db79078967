import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { allow } from './transformer-role.ts'

export interface SmallFunctionProps {
  readonly description: string
  /** Folder of the built function, with `index.js`. */
  readonly folder: string
  readonly timeoutSeconds: number
  readonly environment: Readonly<Record<string, string>>
  /** All that it may do besides writing its own log, by name. */
  readonly allows: Readonly<Record<string, readonly PolicyStatement[]>>
}

/** Megabytes: they wait for answers of AWS most of the time. Below about 200 the SDK takes seconds to load. */
const memoryMegabytes = 256

/**
 * Returns a function that serves the deployment rather than viewers, with a role and a log of its own.
 * No concurrency is reserved: new accounts have none to spare.
 */
export function createSmallFunction(scope: Construct, id: string, props: SmallFunctionProps): LambdaFunction {
  if (!existsSync(join(props.folder, 'index.js'))) {
    throw new Error(`${props.folder} holds no index.js: run \`npm run build\` first`)
  }
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const writeLog = [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn)]
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: Object.fromEntries(
      Object.entries({ ...props.allows, WriteLog: writeLog }).map(([name, statements]) => [
        name,
        new PolicyDocument({ statements: [...statements] }),
      ]),
    ),
  })
  return new LambdaFunction(scope, id, {
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: Code.fromAsset(props.folder),
    memorySize: memoryMegabytes,
    timeout: Duration.seconds(props.timeoutSeconds),
    role,
    logGroup,
    environment: { ...props.environment },
  })
}
