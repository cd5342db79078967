import { type Command, type CommandOptions, type Context, UsageError } from '../../signer/cli/command.ts'
import { accountOptions, listCdkOptions, needsNote, prepare } from './prepare.ts'
import type { DeployedStack } from './read-stacks.ts'
import type { Rim } from './rim.ts'

export const destroyOptions: CommandOptions = {
  yes: { text: 'do not ask for the name of the stack' },
  ...accountOptions,
}

/** `npm run destroy`; `passed` goes to the CDK. */
export function createDestroyCommand(rim: Rim, passed: readonly string[]): Command {
  return {
    name: 'destroy',
    start: 'npm run destroy --',
    purpose: 'Remove a deployment from AWS, but for its originals and its logs',
    operand: '',
    options: destroyOptions,
    withoutJson: true,
    notes: [
      needsNote,
      'Every URL of it stops working. Buckets stay, with all that is in them, and cost what they hold: docs/upgrading.md says how they are removed.',
    ],
    async run(given, context) {
      if (!given.flag('yes') && !rim.ask) {
        throw new UsageError('expected --yes, or a terminal to ask at, before anything is removed')
      }
      const stacks = await prepare(given, context, rim, 'build')
      tellWhatStays(stacks, context)
      if (!given.flag('yes')) await confirm(stacks, rim)
      // It has been asked; the CDK would ask again.
      const code = await rim.run('cdk', ['destroy', '--all', '--force', ...listCdkOptions(given, passed)])
      if (code !== 0) throw new Error(`expected the CDK to end with 0 but received ${code}`)
      return 0
    },
  }
}

function tellWhatStays(stacks: readonly DeployedStack[], { note }: Context): void {
  const retained = stacks.flatMap((stack) => stack.retained.map((each) => ({ ...each, stack })))
  for (const { id, type, stack } of retained) {
    note(`Stays: ${type} ${id} of ${stack.name}, ${stack.region}, with all that is in it`)
  }
  if (retained.length === 0) note('Nothing stays of these stacks; a bucket that you brought is not theirs')
  note('All else goes, the signing keys too')
}

/** The one that all others are named after. */
async function confirm(stacks: readonly DeployedStack[], { ask }: Rim): Promise<void> {
  const [main] = [...stacks].sort((one, other) => one.name.length - other.name.length)
  const name = main?.name ?? ''
  const answer = await ask?.(`To remove ${stacks.map((each) => each.name).join(' and ')}, type ${name}: `)
  if (answer?.trim() !== name) throw new Error(`expected ${name}: nothing was removed`)
}
