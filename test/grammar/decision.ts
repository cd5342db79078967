import { type Decision, type DecisionSettings, decide, examine } from '../../grammar/decide.ts'
import { parseRequest } from '../../grammar/request.ts'
import { computeSignature, formatSignedText } from '../../grammar/signature.ts'
import { checkRejection, settings, splitUrl } from './url-outcome.ts'

/** The clock of the tests, in seconds since the epoch. */
export const now = 1_800_000_000

/** A secret of the least length, and another. */
export const secret = 'fixed-secret-of-the-tests-0123456789-abcdefg'
export const otherSecret = 'other-secret-of-the-tests-0123456789-abcdefg'

/** Who asks, and of what deployment. */
export interface Asked {
  settings?: DecisionSettings
  /** By lower-case name; of an AVIF viewer where they hold no Accept. */
  headers?: Readonly<Record<string, string>>
  /** What the store holds for any `kid`. Default: {@link secret}. */
  secret?: string | undefined
  /** Seconds since the epoch. */
  now?: number
}

/** What is decided about `url`, a path with its query. */
export function decideUrl(url: string, asked: Asked = {}): Decision {
  const [path, query] = splitUrl(url)
  const given = asked.settings ?? settings
  const sent: Readonly<Record<string, string>> = {
    accept: 'image/avif,image/webp,*/*;q=0.8',
    host: 'images.example.com',
    ...asked.headers,
  }
  const decision = examine(path, query, asked.now ?? now, given)
  decide(decision, path, (name) => sent[name] ?? '', 'secret' in asked ? asked.secret : secret, given)
  if (decision.refusal) checkRejection(decision.refusal)
  return decision
}

/** The canonical URL that `url` is rewritten to, or status and code of its refusal: what a law compares. */
export function verdictOf(url: string, asked: Asked = {}): string {
  const { refusal, url: canonical } = decideUrl(url, asked)
  if (!refusal) return `${canonical?.path}?${canonical?.query}`
  const { status, code } = checkRejection(refusal)
  return `refused: ${status} ${code}`
}

/** How a URL is signed. */
export interface Signing {
  secret?: string
  kid?: string
  /** Seconds since the epoch. Default: in an hour. */
  exp?: number | string
  settings?: DecisionSettings
}

/** `url` as whoever holds the secret signs it. */
export function signUrl(url: string, signing: Signing = {}): string {
  const { kid = 'main', exp = now + 3600 } = signing
  const [path, query] = splitUrl(url)
  const presets = Object.keys((signing.settings ?? settings).presets).join(' ')
  const { key, parameters } = parseRequest(path, query, presets)
  const text = formatSignedText(key, { ...parameters, exp: String(exp), kid })
  const proof = `exp=${exp}&kid=${kid}&sig=${computeSignature(signing.secret ?? secret, text)}`
  return query ? `${url}&${proof}` : `${path}?${proof}`
}
