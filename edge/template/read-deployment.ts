import { readBehaviour, readUrlId } from './behaviour.ts'
import type { Deployment, LambdaFunction } from './deployment.ts'
import { readEventFlow } from './read-event-flow.ts'
import { readFunction } from './read-function.ts'
import { openProperties, type Properties, type Resource, type Template } from './template.ts'
import { refuseUnplayed } from './unplayed.ts'

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
    distributionId: distribution.logicalId,
    behaviours: cached.map((raw) => readBehaviour(template, config, raw)),
    cacheTagHeader: typeof tagHeader === 'string' ? tagHeader.toLowerCase() : undefined,
    errorCachingMinSeconds: new Map(
      config.list('CustomErrorResponses').map((raw) => {
        const response = openProperties(raw, `${distribution.logicalId}.CustomErrorResponses`)
        refuseUnplayed('errorResponse', response)
        return [response.number('ErrorCode'), Number(response.find('ErrorCachingMinTTL') ?? 10)]
      }),
    ),
    functions: listUrls(template, config).map((url) => readFunctionOfUrl(template, url)),
    keyValueStores: template.resources('AWS::CloudFront::KeyValueStore').map(({ logicalId }) => logicalId),
    eventFlow: readEventFlow(template),
  }
}

/** The Function URLs of the stack, and those of other stacks that origins name. */
function listUrls(template: Template, config: Properties): Resource[] {
  const own = template.resources('AWS::Lambda::Url')
  const known = new Set(own.map(({ logicalId }) => logicalId))
  const named = config.list('Origins').map((raw) => readUrlId(openProperties(raw, 'origin')))
  return [...own, ...[...new Set(named)].filter((id) => !known.has(id)).map((id) => template.resource(id))]
}

function readFunctionOfUrl(template: Template, url: Resource): LambdaFunction {
  if (url.properties.find('AuthType') !== 'AWS_IAM') {
    throw new Error(`${url.logicalId}.AuthType: expected AWS_IAM: a Function URL must not be for anyone`)
  }
  const streams = url.properties.find('InvokeMode') === 'RESPONSE_STREAM'
  return readFunction(template, url.properties.text('TargetFunctionArn'), streams)
}
