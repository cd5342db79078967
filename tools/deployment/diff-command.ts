import type { Command, CommandOptions } from '../../signer/cli/command.ts'
import { accountOptions, hintAtBootstrap, listCdkOptions, needsNote, prepare } from './prepare.ts'
import type { Rim } from './rim.ts'

export const diffOptions: CommandOptions = accountOptions

/** `npm run diff`; `passed` goes to the CDK. */
export function createDiffCommand(rim: Rim, passed: readonly string[]): Command {
  return {
    name: 'diff',
    start: 'npm run diff --',
    purpose: 'Show what a deployment would change, and change nothing',
    operand: '',
    options: diffOptions,
    withoutJson: true,
    notes: [needsNote],
    async run(given, context) {
      // Packaged too: the CDK refuses to look at a template that it would refuse to deploy.
      const stacks = await prepare(given, context, rim, 'package')
      const code = await rim.run('cdk', ['diff', ...listCdkOptions(given, passed)])
      if (code !== 0) context.note(hintAtBootstrap(stacks))
      return code === 0 ? 0 : 1
    },
  }
}
