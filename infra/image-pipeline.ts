import { Annotations, Names, Stack, Token } from 'aws-cdk-lib'
import type { BehaviorOptions, Distribution, IOrigin, KeyValueStore } from 'aws-cdk-lib/aws-cloudfront'
import type { Alias, FunctionUrl, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { attachBehaviours, describeBehaviour, expectSameStack } from './attach.ts'
import { type Behaviours, createBehaviours } from './behaviours.ts'
import { createBudget } from './budget.ts'
import { type BuiltFiles, defaultBuiltFiles } from './built-files.ts'
import { tagDeployment } from './cost-tags.ts'
import { createDistribution, createOrigin, planReadTimeout } from './delivery.ts'
import { createDomainRecords } from './domain-records.ts'
import { Freshness } from './freshness/freshness.ts'
import { createGuards, type GuardParts } from './guards.ts'
import { allowDistribution } from './invoke-permissions.ts'
import { SigningKeys } from './keys/signing-keys.ts'
import { Monitoring } from './monitoring/monitoring.ts'
import { nameWatched } from './monitoring/watched.ts'
import { createOriginalBucket } from './original-bucket.ts'
import { createReplicationMetric } from './replication.ts'
import { allowSecondRegion, createSecondRegion, type SecondRegionParts } from './second-region.ts'
import { findSecondRegionScope } from './second-region-scope.ts'
import { invalidSetting } from './setting-rules.ts'
import { defineSettings, type GivenSettings, type Settings, viewerFunctionSettings } from './settings.ts'
import { readTransformerAsset, refreshStagedAsset } from './transformer-asset.ts'
import { createFunctionUrl, createLiveAlias, createTransformerFunction } from './transformer-function.ts'
import { createKeyValueStore, createViewerFunction } from './viewer-function.ts'
import { createWebAcl } from './web-acl.ts'

/** What an image pipeline may be given: settings, each with a default, and what only an app of the CDK can say. */
export interface ImagePipelineProps extends GivenSettings {
  /** Where the built parts lie. Default: what `npm run build` writes in this repository, or what the package brings. */
  readonly builtFiles?: Partial<BuiltFiles>
  /**
   * `own` makes a distribution; `none` makes all but that, for one that you have: see {@link ImagePipeline.attachTo}. What the
   * settings say of `delivery` and `protection.waf` is then yours to say. Default `own`.
   */
  readonly distribution?: 'own' | 'none'
}

/** Originals in a bucket, variants by URL: bucket, transformer, edge functions and distribution. */
export class ImagePipeline extends Construct {
  /** The settings, complete. */
  readonly settings: Settings
  /** The originals. */
  readonly bucket: IBucket
  /** The transformer. */
  readonly function: LambdaFunction
  /** What the URL is on where sandboxes are provisioned, else undefined. */
  readonly alias: Alias | undefined
  /** The transformer's URL; only the distribution may call it. */
  readonly functionUrl: FunctionUrl
  /** Signing keys and the explain token, read by the edge functions. */
  readonly keyValueStore: KeyValueStore
  /** What opens the prefixes that only CloudFront's own signatures open. */
  readonly guards: readonly GuardParts[]
  /** The signing keys; undefined where `keys` is `false`. */
  readonly signingKeys: SigningKeys | undefined
  /** What answers where this region fails; undefined where `secondRegion` is. Its stack is deployed before this one. */
  readonly secondRegion: SecondRegionParts | undefined
  /** What viewers talk to; undefined where `distribution` is `none`. */
  readonly distribution: Distribution | undefined
  /** What watches all this, and where parts raise alarms of their own. */
  readonly monitoring: Monitoring
  /** Whether the transformer's folder holds sharp for the Lambda; if not, the CDK refuses to deploy. */
  readonly packaged: boolean
  readonly #behaviours: Behaviours
  readonly #functionsFolder: string
  #freshness: Freshness | undefined

  constructor(scope: Construct, id: string, props: ImagePipelineProps = {}) {
    super(scope, id)
    const { builtFiles, distribution = 'own', ...given } = props
    const settings = defineSettings({ ...given, region: readRegion(this, given.region) })
    this.settings = settings
    const built = { ...defaultBuiltFiles, ...builtFiles }
    const { viewerFunctionFile, lambdaFolder, lockFile } = built
    this.#functionsFolder = built.functionsFolder

    this.secondRegion = createSecondRegion(this, settings, built)
    this.bucket = createOriginalBucket(this, settings.storage, this.secondRegion?.bucket)
    const asset = readTransformerAsset(lambdaFolder, lockFile)
    this.packaged = asset.packaged
    this.function = createTransformerFunction(this, settings, this.bucket, asset)
    refreshStagedAsset(this.function, lambdaFolder, lockFile)
    this.alias = createLiveAlias(this.function, settings)
    this.functionUrl = createFunctionUrl(this.alias ?? this.function, settings)
    this.keyValueStore = createKeyValueStore(this)
    const viewerFunction = createViewerFunction(
      this,
      viewerFunctionSettings(settings),
      viewerFunctionFile,
      this.keyValueStore,
    )
    this.guards = createGuards(this, settings, viewerFunctionFile, this.keyValueStore)
    this.monitoring = new Monitoring(this, 'Monitoring', nameWatched(this, viewerFunction))
    this.signingKeys = this.#createSigningKeys()
    this.#watchReplication()
    const origin = createOrigin(settings, this.functionUrl, this.secondRegion)
    this.#behaviours = createBehaviours(this, settings, origin, viewerFunction, this.guards)
    this.distribution = distribution === 'own' ? this.#createDistribution() : undefined
    const { budget } = settings.protection
    if (budget) createBudget(this, budget, settings.tags, this.monitoring.edge)
    tagDeployment(this, this, settings.tags)
  }

  /** What keeps caches right, once there is a distribution; undefined where `freshness` is `off`. */
  get freshness(): Freshness | undefined {
    return this.#freshness
  }

  /**
   * Returns the behaviour of all keys that have none of their own, for a distribution of yours; see {@link attachTo}, which adds
   * those that have.
   */
  behaviour(): BehaviorOptions & { readonly origin: IOrigin } {
    return this.#behaviours.defaultBehavior
  }

  /**
   * Has `distribution`, which is yours, serve the pictures whose keys begin with `prefix`: the path is the key, so `images/`
   * serves `/images/a.jpg` from the original `images/a.jpg`. Behaviours that it has already come before these. Name the prefix
   * in the settings' own words; '' takes all paths that nothing else does.
   *
   * @throws Error for a prefix that no path pattern stands for, and for a distribution of another stack.
   */
  attachTo(distribution: Distribution, prefix: string): void {
    expectSameStack(this, distribution)
    attachBehaviours(distribution, this.#behaviours, prefix)
    this.#allow(distribution)
    this.monitoring.watchDistribution(distribution.distributionId, 'yours')
    this.#keepFresh(distribution.distributionId)
  }

  /**
   * Lets a distribution that no app of the CDK makes call the transformer, and writes as outputs of the stack what its behaviour
   * has to name.
   *
   * @param distributionId of this account: `E…`.
   */
  attachToId(distributionId: string): void {
    const own = new Construct(this, `Attached${distributionId}`)
    allowDistribution(own, this.alias ?? this.function, distributionId)
    this.#allowSecond(`Attached${distributionId}`, distributionId)
    describeBehaviour(
      this,
      this.#behaviours.defaultBehavior,
      this.functionUrl,
      this.secondRegion?.functionUrl,
    )
    this.#keepFresh(distributionId)
  }

  #createDistribution(): Distribution {
    const distribution = createDistribution(
      this,
      this.settings,
      this.#behaviours,
      createWebAcl(this, this.settings),
    )
    this.#allow(distribution)
    createDomainRecords(this, this.settings.delivery, distribution)
    this.monitoring.watchDistribution(distribution.distributionId, 'own')
    this.#keepFresh(distribution.distributionId)
    return distribution
  }

  /** With the first distribution, since there is nothing to invalidate before; further ones are invalidated with it. */
  #keepFresh(distributionId: string): void {
    const { compute, freshness } = this.settings
    if (freshness === 'off') return
    if (this.#freshness) {
      this.#freshness.addDistribution(distributionId)
      return
    }
    this.#freshness = new Freshness(this, 'Freshness', {
      bucket: this.bucket,
      distributionId,
      repeatSeconds: freshness === 'repeated' ? planReadTimeout(compute.timeoutSeconds) : 0,
      functionsFolder: this.#functionsFolder,
    })
    this.monitoring.raise(
      'dead-letters',
      this.#freshness.deadLetterQueue.metricApproximateNumberOfMessagesVisible(),
    )
  }

  #allowSecond(name: string, distributionId: string): void {
    const { tags } = this.settings
    if (this.secondRegion) allowSecondRegion(this, this.secondRegion, { name, distributionId, tags })
  }

  /** Not of a rule of yours, between buckets of yours: it has a name that nobody here knows. */
  #watchReplication(): void {
    const { bucket, secondRegion, settings } = this
    if (!secondRegion || settings.storage.bucket) return
    const { region } = secondRegion.settings
    const scope = new Construct(findSecondRegionScope(this, region, 'after'), 'Monitoring')
    const metric = createReplicationMetric(bucket, secondRegion.bucket)
    this.monitoring.raiseElsewhere(scope, 'replication-lag', metric)
  }

  #createSigningKeys(): SigningKeys | undefined {
    const { keys, signing } = this.settings
    if (!keys) return undefined
    const { keyValueStore } = this
    const functionsFolder = this.#functionsFolder
    const signingKeys = new SigningKeys(this, 'SigningKeys', {
      keys,
      signing,
      keyValueStore,
      functionsFolder,
    })
    this.monitoring.raise('rotation-failed', signingKeys.function.metricErrors())
    return signingKeys
  }

  /**
   * Beside what the CDK writes for its origin, where that may not do: it names CloudFormation's `FunctionArn` of the URL, and
   * whether that says the alias is not documented.
   */
  #allow(distribution: Distribution): void {
    this.#allowSecond(Names.uniqueId(distribution), distribution.distributionId)
    if (!this.alias) return
    allowDistribution(new Construct(distribution, 'Alias'), this.alias, distribution.distributionId)
  }
}

/** The region of the stack where it says one, which the settings must not contradict: the bucket and the Lambda are there. */
function readRegion(scope: Construct, given: string | undefined): string | undefined {
  const { region } = Stack.of(scope)
  if (Token.isUnresolved(region)) {
    if (given === undefined) {
      Annotations.of(scope).addWarningV2(
        'fovea:region',
        'Origin Shield is set up as for us-east-1, since neither the stack nor the settings name a region',
      )
    }
    return given
  }
  if (given !== undefined && given !== region) throw invalidSetting('region', `the stack's ${region}`, given)
  return region
}
