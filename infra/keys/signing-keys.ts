import { CustomResource, Duration, Validations } from 'aws-cdk-lib'
import type { IKeyValueStore } from 'aws-cdk-lib/aws-cloudfront'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { CfnRotationSchedule, Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { tagPart } from '../cost-tags.ts'
import type { Keys } from '../key-settings.ts'
import type { Signing } from '../signing-settings.ts'
import { createSmallFunction } from '../small-function.ts'
import { allow } from '../transformer-role.ts'

export interface SigningKeysProps {
  readonly keys: Keys
  readonly signing: Signing
  readonly keyValueStore: IKeyValueStore
  /** Of the built functions. */
  readonly functionsFolder: string
}

/** Seconds: some calls, their repetitions, and the wait for the edges. */
const timeoutSeconds = 60

/** Seconds until the edges know a new key: "a few seconds" (CloudFront developer guide, "Amazon CloudFront KeyValueStore"), and room. */
const propagationSeconds = 20

/** Seconds that a backend may keep the secret before it asks again: the default of AWS's caching clients is an hour. */
const backendSeconds = 3600

/** Signing keys that nobody ever types: made in Secrets Manager, where backends get them, and copied into the KeyValueStore. */
export class SigningKeys extends Construct {
  /** JSON: `kid` and `secret`, what `createSigner` takes. */
  readonly secret: Secret
  /** Copies at deployment, makes and takes away at rotation. */
  readonly function: LambdaFunction

  constructor(
    scope: Construct,
    id: string,
    { keys, signing, keyValueStore, functionsFolder }: SigningKeysProps,
  ) {
    super(scope, id)
    this.secret = new Secret(this, 'Secret', {
      description: 'Fovea: the key that backends sign URLs with',
      // Danger: a change of these has CloudFormation make another first key, of the same name, which the store would refuse.
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ kid: 'first' }),
        generateStringKey: 'secret',
        // Letters and digits are all base64url has but two: 64 of them are 381 bits.
        excludePunctuation: true,
        passwordLength: 64,
      },
    })
    const { secretArn } = this.secret
    const { keyValueStoreArn } = keyValueStore
    const overlapSeconds = signing.maxLifetimeSeconds + signing.clockSkewSeconds + backendSeconds
    this.function = createSmallFunction(this, 'Rotator', {
      description: 'Fovea: brings signing keys to the edge, and takes old ones away',
      folder: `${functionsFolder}/keys`,
      timeoutSeconds,
      environment: {
        FOVEA_SECRET_ARN: secretArn,
        FOVEA_KEY_VALUE_STORE_ARN: keyValueStoreArn,
        FOVEA_OVERLAP_SECONDS: String(overlapSeconds),
        FOVEA_PROPAGATION_SECONDS: String(propagationSeconds),
      },
      allows: {
        UseSecret: [
          allow(
            [
              'secretsmanager:DescribeSecret',
              'secretsmanager:GetSecretValue',
              'secretsmanager:PutSecretValue',
              'secretsmanager:UpdateSecretVersionStage',
            ],
            secretArn,
          ),
        ],
        UseStore: [
          allow(
            [
              'cloudfront-keyvaluestore:DeleteKey',
              'cloudfront-keyvaluestore:DescribeKeyValueStore',
              'cloudfront-keyvaluestore:GetKey',
              'cloudfront-keyvaluestore:ListKeys',
              'cloudfront-keyvaluestore:PutKey',
            ],
            keyValueStoreArn,
          ),
        ],
      },
    })
    // Only ARNs in here: what a custom resource is given stands in the template.
    const deployed = new CustomResource(this, 'Deployed', {
      resourceType: 'Custom::FoveaSigningKeys',
      serviceToken: this.function.functionArn,
      // CloudFormation would wait an hour for a function that cannot answer.
      serviceTimeout: Duration.seconds(3 * timeoutSeconds),
      properties: { SecretArn: secretArn, KeyValueStoreArn: keyValueStoreArn },
    })
    if (keys.rotationDays > 0) this.#rotate(keys.rotationDays, deployed)
    else {
      Validations.of(this.secret).acknowledge({
        id: 'AwsSolutions-SMG4',
        reason: 'The settings say that keys are not rotated by themselves (keys.rotationDays).',
      })
    }
    tagPart('keys', this)
  }

  /** Not `addRotationSchedule`, which also lets the function make passwords anywhere. The first rotation comes at once. */
  #rotate(days: number, deployed: CustomResource): void {
    this.function.addPermission('MayRotate', {
      principal: new ServicePrincipal('secretsmanager.amazonaws.com'),
      sourceArn: this.secret.secretArn,
    })
    const schedule = new CfnRotationSchedule(this, 'Rotation', {
      secretId: this.secret.secretArn,
      rotationLambdaArn: this.function.functionArn,
      rotationRules: { automaticallyAfterDays: days },
    })
    // The first key first: backends may have it from the moment that it exists.
    schedule.node.addDependency(deployed, this.function)
  }
}
