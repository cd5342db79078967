import type { IFunction as IEdgeFunction } from 'aws-cdk-lib/aws-cloudfront'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { GuardParts } from '../guards.ts'
import type { Settings } from '../settings.ts'
import type { MonitoringProps } from './monitoring.ts'

/** The parts of a pipeline that have metrics, its distribution apart. */
interface Parts {
  readonly settings: Settings
  readonly bucket: IBucket
  readonly function: LambdaFunction
  readonly guards: readonly GuardParts[]
}

/** Returns what is to be watched of a pipeline, its parts by the names that their metrics have. */
export function nameWatched(parts: Parts, viewerFunction: IEdgeFunction): MonitoringProps {
  const { compute, monitoring, region, tags } = parts.settings
  return {
    settings: monitoring,
    tags,
    transformerLog: parts.function.logGroup,
    watched: {
      edgeFunctions: [
        { name: viewerFunction.functionName, label: 'viewers' },
        ...parts.guards.map(({ prefix, viewerFunction: own }) => ({ name: own.functionName, label: prefix })),
      ],
      transformer: parts.function.functionName,
      bucketName: parts.bucket.bucketName,
      region,
      reservedConcurrency: compute.reservedConcurrency,
      memoryMegabytes: compute.memoryMegabytes,
    },
  }
}
