import { pathToFileURL } from 'node:url'
import { moveCompute } from './compute-settings.ts'
import { type AccountLimits, createAccount, type LambdaAccount } from './lambda-account.ts'
import type { Settings } from './settings.ts'
import { loadSettings } from './settings-file.ts'

/** Runs that AWS keeps from being reserved. Source: Lambda guide, "Configuring reserved concurrency". */
const alwaysUnreserved = 100

/** Runs at a time below which a page of new pictures, each a miss, is likely to be answered 429 in part. */
const fewRuns = 100

const quota = 'ask for more under Service Quotas, AWS Lambda, "Concurrent executions" (L-B99A9384)'

/** What was found before a deployment: what would make it fail, and what one had better know. */
export interface Findings {
  readonly failures: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Returns what the account's quotas say of the settings, in plain words. CloudFormation would say it after minutes, and roll back.
 *
 * @param functionName the transformer's, where it is deployed already: what is reserved for it may be reserved again.
 * @throws what the account answers when it cannot be asked.
 */
export async function checkAccount(
  { compute, region }: Pick<Settings, 'compute' | 'region'>,
  account: LambdaAccount,
  functionName?: string,
): Promise<Findings> {
  const limits = await account.readLimits()
  const own = functionName === undefined ? 0 : await account.readReserved(functionName)
  const { provisionedConcurrency, reservedConcurrency } = compute
  // What is provisioned is taken from what is reserved, where anything is.
  const [name, wanted] =
    reservedConcurrency !== undefined
      ? (['reservedConcurrency', reservedConcurrency] as const)
      : (['provisionedConcurrency', provisionedConcurrency ?? 0] as const)
  const free = Math.max(0, limits.unreserved + own - alwaysUnreserved)
  const failures =
    wanted > free
      ? [
          `${describe(limits, region)}: compute.${name} asks for ${wanted}, at most ${free} can be had; ${quota} or leave it out`,
        ]
      : []
  const warnings =
    limits.total < fewRuns
      ? [`${describe(limits, region)}: requests beyond that are answered 429; ${quota}`]
      : []
  return { failures, warnings }
}

/** Returns the settings as an account is asked of them, once for each region that has a transformer. */
export function listAccountSettings(settings: Settings): Pick<Settings, 'compute' | 'region'>[] {
  const { compute, region, secondRegion } = settings
  return [
    { compute, region },
    ...(secondRegion ? [{ compute: moveCompute(compute), region: secondRegion.region }] : []),
  ]
}

function describe({ total, unreserved }: AccountLimits, region: string): string {
  return `this account may run ${total} Lambdas at a time in ${region}, ${unreserved} of them unreserved (the last ${alwaysUnreserved} cannot be reserved)`
}

// `tsx infra/preflight.ts [FUNCTION [SECOND-FUNCTION]]`: exits with 1 where a deployment would fail.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const settings = await loadSettings()
  for (const [at, each] of listAccountSettings(settings).entries()) {
    const { failures, warnings } = await checkAccount(each, createAccount(each.region), process.argv[2 + at])
    for (const line of [...failures, ...warnings]) process.stderr.write(`Fovea: ${line}\n`)
    if (failures.length > 0) process.exitCode = 1
  }
}
