import { listAccountSettings } from '../../infra/preflight.ts'
import type { Context, GivenArguments } from '../../signer/cli/command.ts'
import { checkAccess } from './check-access.ts'
import { type DeployedStack, listRegions, readStacks } from './read-stacks.ts'
import type { Rim } from './rim.ts'

export const accountOptions = {
  profile: {
    placeholder: 'NAME',
    text: 'of the AWS configuration (default: AWS_PROFILE, or what the environment says)',
  },
} as const

/** What is said of credentials in each help. */
export const needsNote =
  'Needs AWS credentials that may assume the roles of `cdk bootstrap`, as an administrator’s may. Settings are those of fovea.config.ts, or of the file that FOVEA_CONFIG names. All other options are passed on to the CDK.'

/**
 * Does what comes before the CDK: asks the account, builds, synthesizes, and tells what is about to be touched, and where.
 *
 * @param script that builds.
 * @throws Error where the account says that it would fail, or a program does.
 */
export async function prepare(
  given: GivenArguments,
  { note }: Context,
  rim: Rim,
  script: 'build' | 'package',
): Promise<DeployedStack[]> {
  const settings = await rim.loadSettings()
  const failures: string[] = []
  for (const [at, each] of listAccountSettings(settings).entries()) {
    const account = rim.openAccount(each.region, given.text('profile'))
    const functionName = given.text(at === 0 ? 'function' : 'second-function')
    const found = await checkAccess(each, account, functionName)
    for (const warning of found.warnings) note(`Note: ${warning}`)
    failures.push(...found.failures)
  }
  if (failures.length > 0) throw new Error(failures.join('; '))
  await expectDone(rim, 'npm', ['run', script])
  await expectDone(rim, 'synth', [])
  const stacks = readStacks(rim.assembly)
  if (stacks.length === 0) throw new Error(`expected a stack in ${rim.assembly} but found none`)
  for (const { name, region } of stacks) note(`Stack ${name} in ${region}`)
  return stacks
}

/** The CDK's options that all three commands have. */
export function listCdkOptions(given: GivenArguments, passed: readonly string[]): string[] {
  const profile = given.text('profile')
  return [...(profile === undefined ? [] : ['--profile', profile]), ...passed]
}

/** What to do where a region was never bootstrapped, which the CDK alone finds out. */
export function hintAtBootstrap(stacks: readonly DeployedStack[]): string {
  const places = listRegions(stacks).map((region) => `aws://ACCOUNT/${region}`)
  return `If it says that an environment is not bootstrapped: npx cdk bootstrap ${places.join(' ')}, once, with the account's number for ACCOUNT.`
}

async function expectDone(rim: Rim, program: 'npm' | 'synth', argv: readonly string[]): Promise<void> {
  const code = await rim.run(program, argv)
  const command = program === 'npm' ? `npm ${argv.join(' ')}` : 'the synthesis'
  if (code !== 0) throw new Error(`expected ${command} to end with 0 but received ${code}`)
}
