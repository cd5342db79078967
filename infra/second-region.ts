import { CfnOutput, Stack } from 'aws-cdk-lib'
import { FunctionUrlOriginAccessControl } from 'aws-cdk-lib/aws-cloudfront'
import type { FunctionUrl, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { createBucketPolicyOutputs } from './bucket-policy.ts'
import type { BuiltFiles } from './built-files.ts'
import { moveCompute } from './compute-settings.ts'
import { tagDeployment } from './cost-tags.ts'
import { allowDistribution } from './invoke-permissions.ts'
import { createOriginalBucket } from './original-bucket.ts'
import { findSecondRegionScope } from './second-region-scope.ts'
import type { SecondRegion } from './second-region-settings.ts'
import type { Settings } from './settings.ts'
import { readTransformerAsset, refreshStagedAsset } from './transformer-asset.ts'
import { createFunctionUrl, createTransformerFunction } from './transformer-function.ts'

/** What answers where the first region fails. */
export interface SecondRegionParts {
  readonly settings: SecondRegion
  /** The copies of the originals. */
  readonly bucket: IBucket
  /** The transformer that reads them. */
  readonly function: LambdaFunction
  readonly functionUrl: FunctionUrl
  /** What CloudFront signs with when it asks that URL; in the pipeline's own stack. */
  readonly accessControl: FunctionUrlOriginAccessControl
}

/** Returns the parts in the second region, in a stack that is deployed before `scope`'s; undefined where the settings want none. */
export function createSecondRegion(
  scope: Construct,
  settings: Settings,
  { lambdaFolder, lockFile }: BuiltFiles,
): SecondRegionParts | undefined {
  const { secondRegion } = settings
  if (!secondRegion) return undefined
  const own = findSecondRegionScope(scope, secondRegion.region, 'before')
  const there = moveSettings(settings, secondRegion)
  const bucket = createOriginalBucket(own, there.storage)
  const transformer = createTransformerFunction(
    own,
    there,
    bucket,
    readTransformerAsset(lambdaFolder, lockFile),
    { FOVEA_MAX_AGE_SECONDS: String(secondRegion.maxAgeSeconds) },
  )
  refreshStagedAsset(transformer, lambdaFolder, lockFile)
  const functionUrl = createFunctionUrl(transformer, there)
  // Of other names than those of the first region's stack: who reads all outputs together must be able to tell them apart.
  new CfnOutput(own, 'ReplicaBucketName', { value: bucket.bucketName })
  new CfnOutput(own, 'SecondFunctionUrl', { value: functionUrl.url })
  createBucketPolicyOutputs(Stack.of(own), { bucket, function: transformer, settings: there })
  tagDeployment(own, scope, settings.tags)
  return {
    settings: secondRegion,
    bucket,
    function: transformer,
    functionUrl,
    accessControl: new FunctionUrlOriginAccessControl(scope, 'SecondOriginAccessControl'),
  }
}

/** The settings as they hold there. */
function moveSettings(settings: Settings, { region, bucket }: SecondRegion): Settings {
  return {
    ...settings,
    region,
    compute: moveCompute(settings.compute),
    storage: { ...settings.storage, bucket },
  }
}

/**
 * Lets a distribution of this account call the second transformer. In a stack that is deployed after `scope`'s, since
 * the distribution that it names must be there: until then CloudFront is answered 403 there, and has no need to ask.
 *
 * @param name of the distribution, as part of an id.
 */
export function allowSecondRegion(
  scope: Construct,
  { function: transformer, settings }: SecondRegionParts,
  { name, distributionId, tags }: { name: string; distributionId: string; tags: Settings['tags'] },
): void {
  const own = findSecondRegionScope(scope, settings.region, 'after')
  allowDistribution(new Construct(own, name), transformer, distributionId)
  tagDeployment(own, scope, tags)
}
