import type { LambdaFunction } from './deployment.ts'
import type { Template } from './template.ts'

/** The Lambda of a logical id. */
export function readFunction(template: Template, id: string, streams: boolean): LambdaFunction {
  const { logicalId, stack, properties } = template.resource(id)
  return {
    logicalId,
    stack,
    folder: template.assetFolder(properties.text('Code.S3Key')),
    handler: properties.text('Handler'),
    environment: (properties.find('Environment.Variables') ?? {}) as Record<string, string>,
    memoryMegabytes: properties.number('MemorySize'),
    timeoutSeconds: properties.number('Timeout'),
    streams,
    reservedConcurrency: properties.find('ReservedConcurrentExecutions') as number | undefined,
  }
}
