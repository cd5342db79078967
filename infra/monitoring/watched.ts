import type { Distribution, IFunction } from 'aws-cdk-lib/aws-cloudfront'
import type { IFunction as ILambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { GuardParts } from '../guards.ts'
import type { Settings } from '../settings.ts'
import type { Watched } from './metrics.ts'

/** The parts of a pipeline that have metrics. */
interface Parts {
  readonly bucket: IBucket
  readonly function: ILambdaFunction
  readonly guards: readonly GuardParts[]
  readonly distribution: Distribution
}

/** Returns the parts of a pipeline by the names that their metrics have. */
export function nameWatched(
  settings: Settings,
  parts: Parts,
  viewerFunction: IFunction,
): Omit<Watched, 'appMonitor'> {
  return {
    distributionId: parts.distribution.distributionId,
    edgeFunctions: [
      { name: viewerFunction.functionName, label: 'viewers' },
      ...parts.guards.map(({ prefix, viewerFunction: own }) => ({ name: own.functionName, label: prefix })),
    ],
    transformer: parts.function.functionName,
    bucketName: parts.bucket.bucketName,
    region: settings.region,
    reservedConcurrency: undefined,
    memoryMegabytes: settings.memoryMegabytes,
  }
}
