import { Names, Stack, Token } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { invalidSetting } from './setting-rules.ts'

/** What comes when: `before` the stack of the pipeline, which names it, or `after` it, since it names what is in that. */
const stacks = {
  before: { suffix: 'SecondRegion', description: 'Fovea: an image pipeline in its second region' },
  after: {
    suffix: 'SecondRegionAccess',
    description: "Fovea: what an image pipeline's second region needs to know of the first",
  },
} as const

/**
 * Returns where constructs of the second region must be: in a stack beside `scope`'s, named after it. There are two, since the
 * distribution names the Function URL there, and the permissions of the URL name the distribution, as the alarm there names the
 * bucket of the originals.
 *
 * @throws Error where `scope`'s stack does not say its region, so that nothing can refer to it from another one.
 */
export function findSecondRegionScope(
  scope: Construct,
  region: string,
  when: keyof typeof stacks,
): Construct {
  const stack = Stack.of(scope)
  if (Token.isUnresolved(stack.region)) {
    throw invalidSetting('secondRegion', 'a stack whose env says its region', 'one that does not')
  }
  const { suffix, description } = stacks[when]
  const parent = stack.node.scope ?? stack
  const id = `${stack.node.id}${suffix}`
  const found = parent.node.tryFindChild(id)
  // One for all pipelines of a stack.
  const beside =
    found instanceof Stack ? found : createStackBeside(parent, id, { stack, region, description })
  if (beside.region !== region) {
    throw invalidSetting('secondRegion.region', `${beside.region} for each pipeline of a stack`, region)
  }
  const name = Names.uniqueId(scope)
  return (beside.node.tryFindChild(name) as Construct | undefined) ?? new Construct(beside, name)
}

function createStackBeside(
  parent: Construct,
  id: string,
  { stack, region, description }: { stack: Stack; region: string; description: string },
): Stack {
  return new Stack(parent, id, {
    description,
    env: { region, account: Token.isUnresolved(stack.account) ? undefined : stack.account },
    // Names, ARNs and URLs go from one region to the other. Both stacks must say so.
    crossRegionReferences: true,
    analyticsReporting: false,
  })
}
