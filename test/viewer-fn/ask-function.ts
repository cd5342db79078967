import type { DecisionSettings } from '../../grammar/decide.ts'
import { type Signing, secret, signUrl } from '../grammar/decision.ts'
import { settings } from '../grammar/url-outcome.ts'
import type { FakeStore } from './fake-modules.ts'
import { makeEventOf } from './make-event.ts'
import { loadInVm } from './run-in-vm.ts'

/** The token that tells what the function thinks. */
export const token = 'token-of-the-tests-0123456789-abcdefghijklmn'

/** Settings with an original of each mode of access but closed. */
export const mixed: DecisionSettings = {
  ...settings,
  access: [
    ['signed/', 'signed'],
    ['bounded/', 'bounded'],
    ['', 'open'],
  ],
}

/** A store as a deployment has it. */
export const stored: FakeStore = { values: { 'sign.main': secret, explain: token } }

/** A store that fails, and one that is empty. */
export const down: Partial<FakeStore> = { down: true }
export const none: Partial<FakeStore> = { values: {} }

export interface Outcome {
  /** The query that a request is rewritten to, or status and code of a refusal, or the whole body of a 200. */
  answer: string
  /** The look-ups in the store. */
  reads: readonly string[]
}

export type Pairs = readonly (readonly [name: string, value: string])[]

/** What the built function of `source` makes of `url`, with {@link stored} but for `store`. */
export async function askFunction(
  source: string,
  url: string,
  store: Partial<FakeStore> = {},
  headers: Pairs = [],
): Promise<Outcome> {
  const reads: string[] = []
  const run = loadInVm(source, { ...stored, ...store, reads })
  const answer = JSON.parse(await run(JSON.stringify(makeEventOf(url, headers))))
  const code = answer.headers['x-fovea-error']?.value
  const refused = code ? `${answer.statusCode} ${code}` : undefined
  return { answer: refused ?? answer.querystring ?? answer.body.data, reads }
}

/** `url` as signed now: the built function has the true time. */
export function signNow(url: string, signing: Signing = {}): string {
  return signUrl(url, { exp: Math.floor(Date.now() / 1000) + 3600, ...signing })
}
