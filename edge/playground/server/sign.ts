import type { SignAnswer } from '../api.ts'
import { readTarget } from './ask-edge.ts'
import type { PlaygroundKey } from './playground-key.ts'
import type { Members } from './read-call.ts'

/** Seconds that a URL is good for where nothing else is said. */
const defaultSeconds = 3600

/** Seconds of ten years: further back than any settings let clocks differ. */
const mostSeconds = 315_360_000

/** Signs a URL with the playground's own key. */
export async function signForPage(members: Members, key: PlaygroundKey): Promise<SignAnswer> {
  const seconds = members.whole('seconds', -mostSeconds, mostSeconds, defaultSeconds)
  const { url, kid, expiresAt } = await key.sign(readTarget(members.text('url')), seconds)
  return { url, kid, expiresAt: new Date(expiresAt).toISOString() }
}
