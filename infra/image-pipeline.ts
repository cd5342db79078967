import type { Distribution, KeyValueStore } from 'aws-cdk-lib/aws-cloudfront'
import {
  type FunctionUrl,
  FunctionUrlAuthType,
  InvokeMode,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { type BuiltFiles, defaultBuiltFiles } from './built-files.ts'
import { createDistribution } from './delivery.ts'
import { createGuards, type GuardParts } from './guards.ts'
import { Monitoring } from './monitoring/monitoring.ts'
import { nameWatched } from './monitoring/watched.ts'
import { createOriginalBucket } from './original-bucket.ts'
import { defineSettings, type Settings, viewerFunctionSettings } from './settings.ts'
import { readTransformerAsset, refreshStagedAsset } from './transformer-asset.ts'
import { createTransformerFunction } from './transformer-function.ts'
import { createKeyValueStore, createViewerFunction } from './viewer-function.ts'

/** What an image pipeline may be given. */
export interface ImagePipelineProps {
  /** Default: `defineSettings()`. */
  readonly settings?: Settings
  /** Where the built parts lie. Default: what `npm run build` writes in this repository. */
  readonly builtFiles?: Partial<BuiltFiles>
}

/** Originals in a bucket, variants by URL: bucket, transformer, edge functions and distribution. */
export class ImagePipeline extends Construct {
  /** The originals. */
  readonly bucket: Bucket
  /** The transformer. */
  readonly function: LambdaFunction
  /** The transformer's URL; only the distribution may call it. */
  readonly functionUrl: FunctionUrl
  /** Signing keys and the explain token, read by the edge functions. */
  readonly keyValueStore: KeyValueStore
  /** What opens the prefixes that only CloudFront's own signatures open. */
  readonly guards: readonly GuardParts[]
  /** What viewers talk to. */
  readonly distribution: Distribution
  /** What watches all this. */
  readonly monitoring: Monitoring
  /** Whether the transformer's folder holds sharp for the Lambda; if not, the CDK refuses to deploy. */
  readonly packaged: boolean

  constructor(scope: Construct, id: string, props: ImagePipelineProps = {}) {
    super(scope, id)
    const settings = props.settings ?? defineSettings()
    const { viewerFunctionFile, lambdaFolder, lockFile } = { ...defaultBuiltFiles, ...props.builtFiles }

    this.bucket = createOriginalBucket(this)
    const asset = readTransformerAsset(lambdaFolder, lockFile)
    this.packaged = asset.packaged
    this.function = createTransformerFunction(this, settings, this.bucket, asset)
    refreshStagedAsset(this.function, lambdaFolder, lockFile)
    // On the function, not on an alias: which of the two the permissions of Origin Access Control would name is not documented.
    this.functionUrl = this.function.addFunctionUrl({
      authType: FunctionUrlAuthType.AWS_IAM,
      invokeMode: settings.invokeMode === 'stream' ? InvokeMode.RESPONSE_STREAM : InvokeMode.BUFFERED,
    })
    this.keyValueStore = createKeyValueStore(this)
    const viewerFunction = createViewerFunction(
      this,
      viewerFunctionSettings(settings),
      viewerFunctionFile,
      this.keyValueStore,
    )
    this.guards = createGuards(this, settings, viewerFunctionFile, this.keyValueStore)
    this.distribution = createDistribution(this, settings, this.functionUrl, viewerFunction, this.guards)
    this.monitoring = new Monitoring(this, 'Monitoring', {
      settings: settings.monitoring,
      watched: nameWatched(settings, this, viewerFunction),
      transformerLog: this.function.logGroup,
    })
  }
}
