import { accessChecks } from './access.ts'
import { cachingChecks } from './caching.ts'
import type { Check } from './check.ts'
import { formatChecks } from './formats.ts'
import { headerChecks } from './headers.ts'
import type { Probe } from './probe.ts'
import { refusalChecks } from './refusals.ts'

/** All that is checked, in the order in which it is. */
export const checks: readonly Check[] = [
  ...formatChecks,
  ...cachingChecks,
  ...headerChecks,
  ...refusalChecks,
  ...accessChecks,
]

/** What came of a check; `ok` is undefined where it was not made. */
export interface Outcome {
  name: string
  expected: string
  ok: boolean | undefined
  /** What was received, or what has to be given for the check. */
  received: string
}

/** Makes all checks, one after the other, telling of each as it ends. What breaks off is a check that failed. */
export async function runChecks(probe: Probe, tell: (outcome: Outcome) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const check of checks) {
    const outcome = await runCheck(check, probe)
    outcomes.push(outcome)
    tell(outcome)
  }
  return outcomes
}

async function runCheck({ name, expected, lacks, receive }: Check, probe: Probe): Promise<Outcome> {
  const lacking = lacks?.(probe)
  if (lacking !== undefined) return { name, expected, ok: undefined, received: lacking }
  try {
    const { ok, text } = await receive(probe)
    return { name, expected, ok, received: text }
  } catch (error) {
    return { name, expected, ok: false, received: error instanceof Error ? error.message : String(error) }
  }
}
