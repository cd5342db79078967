import { Stack, Tags } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/** What the bill is split by: the value of the tag `fovea:part`. */
export type Part =
  | 'storage'
  | 'compute'
  | 'delivery'
  | 'protection'
  | 'keys'
  | 'freshness'
  | 'monitoring'
  | 'logs'

/** Tags `constructs` and all in them as of a part, so that Cost Explorer splits the bill by `fovea:part`. */
export function tagPart(part: Part, ...constructs: readonly Construct[]): void {
  for (const construct of constructs) Tags.of(construct).add('fovea:part', part)
}

/** Tags `construct` and all in it as of the deployment that `pipeline` is in, by its stack's name, and with the settings' tags. */
export function tagDeployment(
  construct: Construct,
  pipeline: Construct,
  tags: Readonly<Record<string, string>>,
): void {
  Tags.of(construct).add('fovea:deployment', Stack.of(pipeline).stackName)
  for (const [key, value] of Object.entries(tags)) Tags.of(construct).add(key, value)
}
