import { expectRegion, invalidSetting } from './setting-rules.ts'

/**
 * Region → the region whose Origin Shield AWS recommends for an origin there: itself where it has one, else the nearest.
 * Source: CloudFront Developer Guide, "Choosing the AWS Region for Origin Shield".
 */
const RECOMMENDED: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'us-east-1'],
  ['us-east-2', 'us-east-2'],
  ['us-west-2', 'us-west-2'],
  ['ap-northeast-1', 'ap-northeast-1'],
  ['ap-northeast-2', 'ap-northeast-2'],
  ['ap-south-1', 'ap-south-1'],
  ['ap-southeast-1', 'ap-southeast-1'],
  ['ap-southeast-2', 'ap-southeast-2'],
  ['eu-central-1', 'eu-central-1'],
  ['eu-west-1', 'eu-west-1'],
  ['eu-west-2', 'eu-west-2'],
  ['sa-east-1', 'sa-east-1'],
  ['us-west-1', 'us-west-2'],
  ['af-south-1', 'eu-west-1'],
  ['ap-east-1', 'ap-southeast-1'],
  ['ca-central-1', 'us-east-1'],
  ['eu-north-1', 'eu-west-2'],
  ['eu-south-1', 'eu-central-1'],
  ['eu-west-3', 'eu-west-2'],
  ['me-south-1', 'ap-south-1'],
])

/** Returns the region of Origin Shield: what is given as `name`, else what AWS recommends for an origin in `region`. */
export function readOriginShieldRegion(
  given: string | undefined,
  region: string,
  name = 'originShieldRegion',
): string {
  const shield = given ?? RECOMMENDED.get(region)
  if (shield === undefined) {
    throw invalidSetting(name, `a region with Origin Shield near ${region}`, undefined)
  }
  expectRegion(name, shield)
  return shield
}
