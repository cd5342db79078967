import type { Answer } from '../ask.ts'
import type { Probe } from './probe.ts'

/** What came of a check. */
export interface Received {
  ok: boolean
  /** What was received, for people. */
  text: string
}

/** One thing that holds of every deployment. */
export interface Check {
  /** What is checked, for people. */
  name: string
  expected: string
  /** What has to be given for it; undefined where it can be made. */
  lacks?(probe: Probe): string | undefined
  receive(probe: Probe): Promise<Received>
}

/** Status, and the code of an error. */
export function describeAnswer({ status, headers }: Answer): string {
  const code = headers['x-fovea-error']
  return `${status}${code === undefined ? '' : ` ${code}`}`
}

/** Whether `answer` is an error of this status and one of these codes. */
export function isError(answer: Answer, status: number, codes: RegExp): boolean {
  return answer.status === status && codes.test(String(answer.headers['x-fovea-error'] ?? ''))
}
