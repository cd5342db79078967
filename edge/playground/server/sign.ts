import type { SignAnswer } from '../api.ts'
import { readTarget } from './ask-edge.ts'
import type { PlaygroundKey } from './playground-key.ts'
import type { Members } from './read-call.ts'

/** Seconds of ten years: further back than any settings let clocks differ. */
const mostSeconds = 315_360_000

/** Signs a URL with the playground's own key. */
export async function signForPage(members: Members, key: PlaygroundKey): Promise<SignAnswer> {
  const seconds = members.optionalWhole('seconds', -mostSeconds, mostSeconds)
  const { url, kid, expiresAt } = await key.sign(readTarget(members.text('url')), seconds)
  return { url, kid, expiresAt: new Date(expiresAt).toISOString() }
}
