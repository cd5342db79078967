import { readFile } from 'node:fs/promises'
import type { Command, CommandOptions, Context } from '../../signer/cli/command.ts'
import { accountOptions, hintAtBootstrap, listCdkOptions, needsNote, prepare } from './prepare.ts'
import { listRegions } from './read-stacks.ts'
import type { Rim } from './rim.ts'

export const deployOptions: CommandOptions = {
  yes: { text: 'do not ask before permissions are changed' },
  function: {
    placeholder: 'NAME',
    text: 'of the transformer, where it is deployed: what is reserved for it counts as free',
  },
  'second-function': { placeholder: 'NAME', text: 'the same, of the transformer in the second region' },
  ...accountOptions,
}

/** `npm run deploy`; `passed` goes to the CDK. */
export function createDeployCommand(rim: Rim, passed: readonly string[]): Command {
  return {
    name: 'deploy',
    start: 'npm run deploy --',
    purpose:
      'Deploy the settings to AWS: check the account, package the Lambda, create or update every stack',
    operand: '',
    options: deployOptions,
    withoutJson: true,
    notes: [
      needsNote,
      'Each region that it names must be bootstrapped once (npx cdk bootstrap aws://ACCOUNT/REGION): the settings’ own, the second one where there is one, and us-east-1, where the alarms on CloudFront, its web ACL and budgets have to be. docs/deploy.md has the steps, and what they cost.',
    ],
    async run(given, context) {
      const stacks = await prepare(given, context, rim, 'package')
      context.note(`Bootstrapped these regions must be: ${listRegions(stacks).join(', ')}`)
      const code = await rim.run('cdk', [
        'deploy',
        // Several stacks, where the settings' region is not us-east-1.
        '--all',
        '--outputs-file',
        rim.outputsFile,
        ...(given.flag('yes') ? ['--require-approval', 'never'] : []),
        ...listCdkOptions(given, passed),
      ])
      if (code !== 0) {
        context.note(hintAtBootstrap(stacks))
        throw new Error(`expected the CDK to end with 0 but received ${code}`)
      }
      await tellNext(rim, context)
      return 0
    },
  }
}

/** What comes after a deployment, with this one's names in it. */
async function tellNext({ outputsFile }: Rim, { print }: Context): Promise<void> {
  const text = await readFile(outputsFile, 'utf8').catch(() => '{}')
  const stacks: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(text)
  const outputs = Object.assign({}, ...Object.values(stacks)) as Partial<Record<string, string>>
  const { BucketName: bucket, DistributionDomainName: domain, FunctionUrl: functionUrl } = outputs
  const secretArn = outputs.SigningKeySecretArn
  if (bucket !== undefined)
    print(`Upload an original:  aws s3 cp chair.jpg s3://${bucket}/products/chair.jpg`)
  if (domain === undefined) return
  print(`Ask for a variant:   https://${domain}/products/chair.jpg?width=800`)
  const direct = functionUrl === undefined ? '' : ` --function-url ${functionUrl}`
  print(`Check it:            npm run smoke -- https://${domain} --url-key products/chair.jpg${direct}`)
  if (secretArn !== undefined)
    print(`Sign with:           aws secretsmanager get-secret-value --secret-id ${secretArn}`)
}
