import { readBehaviour } from './behaviour.ts'
import { openProperties, type Resource, type Template } from './template.ts'

// A deployment as the template describes it: everything the local services need, and nothing they decide.

export interface Deployment {
  /** In the order in which they are tried; the default behaviour, pattern `*`, comes last. */
  behaviours: readonly Behaviour[]
  /** Lower case; undefined where the distribution has no cache tags. */
  cacheTagHeader?: string
  /** Least seconds that an error is cached, by status. */
  errorCachingMinSeconds: ReadonlyMap<number, number>
  functions: readonly LambdaFunction[]
  keyValueStores: readonly string[]
}

export interface Behaviour {
  pathPattern: string
  allowedMethods: readonly string[]
  cachePolicy: CachePolicy
  /** Headers that CloudFront adds or forwards, lower case. */
  originHeaders: readonly string[]
  responseHeaders: readonly PolicyHeader[]
  viewerFunction?: ViewerFunction
  origin: Origin
}

/** Seconds. */
export interface CachePolicy {
  id: string
  minSeconds: number
  defaultSeconds: number
  maxSeconds: number
}

/** A header of a response headers policy, name in lower case. */
export interface PolicyHeader {
  name: string
  value: string
  /** Whether it replaces one that the origin sent. */
  override: boolean
}

export interface ViewerFunction {
  name: string
  code: string
  /** Logical id of its KeyValueStore. */
  keyValueStore?: string
}

export interface Origin {
  /** Logical id of the Lambda behind the Function URL. */
  functionId: string
  connectionAttempts: number
  readTimeoutSeconds: number
  /** Whether requests are signed by Origin Access Control. */
  signed: boolean
}

export interface LambdaFunction {
  logicalId: string
  /** Folder of the code. */
  folder: string
  /** `file.export`. */
  handler: string
  environment: Readonly<Record<string, string>>
  memoryMegabytes: number
  timeoutSeconds: number
  /** Whether its Function URL streams (RESPONSE_STREAM) instead of buffering. */
  streams: boolean
  /** Undefined: only the account's limit holds. */
  reservedConcurrency?: number
}

/**
 * The deployment that `template` describes.
 *
 * @throws Error naming the property that is missing or that the local edge does not play.
 */
export function readDeployment(template: Template): Deployment {
  const [distribution] = template.resources('AWS::CloudFront::Distribution')
  if (!distribution) throw new Error('expected a distribution in the template but found none')
  const config = openProperties(distribution.properties.find('DistributionConfig'), distribution.logicalId)
  const cached = [...config.list('CacheBehaviors'), config.find('DefaultCacheBehavior')]
  const tagHeader = config.find('CacheTagConfig.HeaderName')
  return {
    behaviours: cached.map((raw) => readBehaviour(template, config, raw)),
    cacheTagHeader: typeof tagHeader === 'string' ? tagHeader.toLowerCase() : undefined,
    errorCachingMinSeconds: new Map(
      config.list('CustomErrorResponses').map((raw) => {
        const response = openProperties(raw, `${distribution.logicalId}.CustomErrorResponses`)
        return [response.number('ErrorCode'), Number(response.find('ErrorCachingMinTTL') ?? 10)]
      }),
    ),
    functions: template.resources('AWS::Lambda::Url').map((url) => readFunction(template, url)),
    keyValueStores: template.resources('AWS::CloudFront::KeyValueStore').map(({ logicalId }) => logicalId),
  }
}

function readFunction(template: Template, url: Resource): LambdaFunction {
  const { logicalId, properties } = template.resource(url.properties.text('TargetFunctionArn'))
  return {
    logicalId,
    folder: template.assetFolder(properties.text('Code.S3Key')),
    handler: properties.text('Handler'),
    environment: (properties.find('Environment.Variables') ?? {}) as Record<string, string>,
    memoryMegabytes: properties.number('MemorySize'),
    timeoutSeconds: properties.number('Timeout'),
    streams: url.properties.find('InvokeMode') === 'RESPONSE_STREAM',
    reservedConcurrency: properties.find('ReservedConcurrentExecutions') as number | undefined,
  }
}
