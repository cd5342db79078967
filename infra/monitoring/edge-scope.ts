import { Annotations, Names, Stack, Token } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { edgeRegion } from './metrics.ts'

/**
 * Returns where constructs must be that can only be in us-east-1 and need the distribution: alarms on CloudFront's metrics and
 * the delivery of its access logs. That is `scope` itself where its stack is there, else a construct in a stack beside it, named
 * after it with `Monitoring`, which is deployed after it.
 * It is not the stack of a firewall, which the distribution needs and which is deployed before it.
 *
 * @param region of `scope`'s stack where that does not know itself.
 * @returns undefined, with a warning, for a stack that is elsewhere and does not say so itself: nothing refers across regions then.
 */
export function findEdgeScope(scope: Construct, region: string): Construct | undefined {
  const stack = Stack.of(scope)
  const unsaid = Token.isUnresolved(stack.region)
  if ((unsaid ? region : stack.region) === edgeRegion) return scope
  if (unsaid) {
    Annotations.of(scope).addWarningV2(
      'fovea:edge-monitoring',
      "alarms on CloudFront and its access logs are left out: they must be in us-east-1, and the stack's env names no region to refer to from there",
    )
    return undefined
  }
  const parent = stack.node.scope ?? stack
  const id = `${stack.node.id}Monitoring`
  // One for all pipelines of a stack.
  const found = parent.node.tryFindChild(id)
  const beside = found instanceof Stack ? found : createStackBeside(parent, id, stack)
  return new Construct(beside, Names.uniqueId(scope))
}

function createStackBeside(parent: Construct, id: string, stack: Stack): Stack {
  return new Stack(parent, id, {
    description: 'Fovea: what watches an image pipeline from us-east-1',
    env: { account: Token.isUnresolved(stack.account) ? undefined : stack.account, region: edgeRegion },
    // The distribution's id comes from the other region. Both stacks must say so.
    crossRegionReferences: true,
    analyticsReporting: false,
  })
}
