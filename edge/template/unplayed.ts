import type { Properties } from './template.ts'

/**
 * Properties that change what viewers get and that the local edge does not play. A template that sets one would be shown
 * wrongly, so it is refused; what changes nothing here (logging, prices, TLS) is passed over.
 */
const unplayed = {
  behaviour: [
    'FieldLevelEncryptionId',
    'ForwardedValues',
    'GrpcConfig',
    'LambdaFunctionAssociations',
    'SmoothStreaming',
    'TrustedSigners',
  ],
  responseHeadersPolicy: ['CorsConfig', 'RemoveHeadersConfig', 'ServerTimingHeadersConfig'],
  errorResponse: ['ResponsePagePath', 'ResponseCode'],
  originGroup: ['SelectionCriteria'],
  origin: ['OriginCustomHeaders', 'OriginPath', 'S3OriginConfig'],
} as const

/**
 * Does nothing where `properties` set none of what the local edge does not play.
 *
 * @throws Error naming the property.
 */
export function refuseUnplayed(kind: keyof typeof unplayed, properties: Properties): void {
  const found = unplayed[kind].find((name) => isSet(properties.find(name)))
  if (found) throw new Error(`${kind}.${found}: the local edge does not play it`)
}

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== undefined && value !== false && value !== ''
}
