import { Names, Stack, Token } from 'aws-cdk-lib'
import { Construct } from 'constructs'

/** Where AWS keeps the web ACLs of CloudFront, and where CloudFormation makes budgets. */
const protectionRegion = 'us-east-1'

/**
 * Returns where constructs must be that can only be in us-east-1 and need nothing of the pipeline: `scope` itself where its stack
 * is there, or anywhere; else a construct in a stack beside it, named after it with `Protection`, which is deployed before it.
 * Who refers to them from `scope`'s stack has to say `crossRegionReferences: true` of that, or the CDK asks for it.
 */
export function findProtectionScope(scope: Construct): Construct {
  const stack = Stack.of(scope)
  if (stack.region === protectionRegion || Token.isUnresolved(stack.region)) return scope
  const parent = stack.node.scope ?? stack
  const id = `${stack.node.id}Protection`
  const found = parent.node.tryFindChild(id)
  // One for all pipelines of a stack.
  const beside = found instanceof Stack ? found : createStackBeside(parent, id, stack)
  const name = Names.uniqueId(scope)
  return (beside.node.tryFindChild(name) as Construct | undefined) ?? new Construct(beside, name)
}

function createStackBeside(parent: Construct, id: string, stack: Stack): Stack {
  return new Stack(parent, id, {
    description: 'Fovea: what protects an image pipeline from us-east-1',
    env: { region: protectionRegion, account: Token.isUnresolved(stack.account) ? undefined : stack.account },
    crossRegionReferences: true,
    analyticsReporting: false,
  })
}
