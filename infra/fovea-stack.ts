import { CfnOutput, Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { createBucketPolicyOutputs } from './bucket-policy.ts'
import { nameGuard } from './guard-settings.ts'
import { ImagePipeline, type ImagePipelineProps } from './image-pipeline.ts'
import { defineSettings } from './settings.ts'

/** A stack of one image pipeline, in the settings' region and whatever account it is deployed to. */
export class FoveaStack extends Stack {
  readonly pipeline: ImagePipeline

  constructor(scope: Construct, id: string, props: Omit<ImagePipelineProps, 'distribution'> = {}) {
    const { builtFiles, ...given } = props
    const settings = defineSettings(given)
    super(scope, id, {
      description: 'Fovea: an image pipeline',
      env: { region: settings.region },
      // The web ACL's ARN comes from us-east-1. What carries it there is made only where there is one.
      crossRegionReferences: true,
      analyticsReporting: false,
    })
    this.pipeline = new ImagePipeline(this, 'Pipeline', { ...settings, builtFiles })
    const { bucket, distribution, functionUrl, guards, keyValueStore, signingKeys } = this.pipeline
    if (distribution) {
      new CfnOutput(this, 'DistributionDomainName', { value: distribution.distributionDomainName })
      new CfnOutput(this, 'DistributionId', { value: distribution.distributionId })
    }
    new CfnOutput(this, 'BucketName', { value: bucket.bucketName })
    // No secret: it answers 403 to everyone but the distribution, and a smoke test checks that.
    new CfnOutput(this, 'FunctionUrl', { value: functionUrl.url })
    new CfnOutput(this, 'KeyValueStoreArn', { value: keyValueStore.keyValueStoreArn })
    if (signingKeys) new CfnOutput(this, 'SigningKeySecretArn', { value: signingKeys.secret.secretArn })
    createBucketPolicyOutputs(this, this.pipeline)
    for (const { prefix, publicKeys } of guards) {
      for (const { digest, key } of publicKeys) {
        // What `Key-Pair-Id` of a signed URL must be; the digest tells who holds the private key which of them is his.
        new CfnOutput(this, `${nameGuard(prefix)}PublicKeyId${digest}`, {
          value: key.publicKeyId,
          description: `Id of a public key that opens ${prefix}`,
        })
      }
    }
  }
}
