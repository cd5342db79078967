import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib'
import {
  Alias,
  Architecture,
  CfnFunction,
  type FunctionUrl,
  FunctionUrlAuthType,
  InvokeMode,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { tagPart } from './cost-tags.ts'
import { type Settings, transformerEnvironment } from './settings.ts'
import type { TransformerAsset } from './transformer-asset.ts'
import { createTransformerRole } from './transformer-role.ts'

/**
 * Returns the Lambda that makes variants.
 * An asset without sharp is refused at deployment, not at synthesis: the template is the same and needs no network.
 *
 * @param environment what is not every transformer's.
 */
export function createTransformerFunction(
  scope: Construct,
  settings: Settings,
  bucket: IBucket,
  asset: TransformerAsset,
  environment: Readonly<Record<string, string>> = {},
): LambdaFunction {
  const { compute } = settings
  const logGroup = new LogGroup(scope, 'TransformerLog', {
    retention: compute.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const role = createTransformerRole(scope, settings, bucket, logGroup)
  const transformer = new LambdaFunction(scope, 'Transformer', {
    description: 'Fovea: makes image variants from originals',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: asset.code,
    memorySize: compute.memoryMegabytes,
    timeout: Duration.seconds(compute.timeoutSeconds),
    role,
    logGroup,
    reservedConcurrentExecutions: compute.reservedConcurrency,
    environment: {
      IMAGE_BUCKET: bucket.bucketName,
      ...transformerEnvironment(settings),
      ...environment,
      FOVEA_FINGERPRINT: asset.hash,
      // Measured with eight 24-megapixel transforms at once: 292 MB as it comes, 173 MB with both, same throughput.
      UV_THREADPOOL_SIZE: '2',
      MALLOC_ARENA_MAX: '2',
      // glibc keeps large buffers for later once it has seen some freed, and never gives back what lies under others: over
      // 3,700 varied requests 145–210 MB come and go, with these 110–145, in the same processor time (bench:leak).
      // Source: mallopt(3), M_MMAP_THRESHOLD, "dynamic mmap threshold".
      MALLOC_MMAP_THRESHOLD_: '262144',
      MALLOC_TRIM_THRESHOLD_: '1048576',
    },
  })
  if (compute.tracing) turnOnTracing(transformer)
  tagPart('compute', logGroup, role, transformer)
  if (!asset.packaged) {
    Annotations.of(transformer).addError(
      "the transformer's asset holds no sharp for linux-arm64 in the lock file's version: run `npm run package` first",
    )
  }
  return transformer
}

/** The CDK's own property would add a policy beside the role's, which are all in one place. */
function turnOnTracing(transformer: LambdaFunction): void {
  const resource = transformer.node.defaultChild
  if (!(resource instanceof CfnFunction)) throw new Error('expected a CfnFunction inside the Function')
  resource.tracingConfig = { mode: 'Active' }
}

/** Returns the alias of the version that provisioned sandboxes run, undefined where none are asked for. */
export function createLiveAlias(transformer: LambdaFunction, { compute }: Settings): Alias | undefined {
  if (compute.provisionedConcurrency === undefined) return undefined
  return new Alias(transformer, 'Live', {
    aliasName: 'live',
    version: transformer.currentVersion,
    provisionedConcurrentExecutions: compute.provisionedConcurrency,
  })
}

/**
 * Returns the URL of the transformer or its alias. Never on an alias without need: which of the two the permissions of Origin
 * Access Control name then is not documented, and `allowDistribution` writes them for both.
 */
export function createFunctionUrl(target: LambdaFunction | Alias, { compute }: Settings): FunctionUrl {
  return target.addFunctionUrl({
    authType: FunctionUrlAuthType.AWS_IAM,
    invokeMode: compute.invokeMode === 'stream' ? InvokeMode.RESPONSE_STREAM : InvokeMode.BUFFERED,
  })
}
