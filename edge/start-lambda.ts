import { createLambda, type Lambda, type Log } from './lambda/lambda.ts'
import { ownSharpScript, sandboxScript } from './project.ts'
import type { Stats } from './stats.ts'
import type { LambdaFunction } from './template/deployment.ts'

/** What the edge's own settings say of Lambdas. */
interface LambdaSettings {
  concurrency: number
  sandboxes: number
  lambdaLog?: Log
}

/** Starts a function that makes variants, with one warm sandbox; its runs are counted. */
export function startLambda(
  lambda: LambdaFunction,
  settings: LambdaSettings,
  s3Environment: Record<string, string>,
  stats: Stats,
): Lambda {
  const running = createLambda(lambda, {
    sandboxScript,
    preload: [ownSharpScript],
    environment: {
      AWS_LAMBDA_FUNCTION_NAME: lambda.logicalId,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memoryMegabytes),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_REGION: 'us-east-1',
      // Lambda runs a newer Node than this machine may have.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...s3Environment,
    },
    concurrency: Math.min(settings.concurrency, lambda.reservedConcurrency ?? settings.concurrency),
    sandboxes: settings.sandboxes,
    log: settings.lambdaLog,
  })
  running.warm()
  return {
    ...running,
    async invoke(event, onChunk) {
      const outcome = await running.invoke(event, onChunk)
      if (outcome.kind === 'throttled') stats.throttled++
      else stats.transformerInvocations++
      return outcome
    },
  }
}
