import { createHmac } from 'node:crypto'
import { now, secrets } from './run-edge.ts'

/** What to sign, in the words of the signed text: written here from the documentation, not by the code under test. */
export interface Signed {
  /** Tilde-encoded. */
  key: string
  /** By full names, in the table's order: `width=800&format=webp`; '' for none. */
  parameters: string
  /** Default: an hour from now. */
  exp?: number | string
  /** Default `k1`. */
  kid?: string
  /** Default: that of `kid`. */
  secret?: string
}

export const inAnHour = now + 3600

/** The signature of `signed`. */
export function sign({ key, parameters, exp = inAnHour, kid = 'k1', secret }: Signed): string {
  const own = secret ?? (secrets as Record<string, string>)[`sign.${kid}`] ?? ''
  return createHmac('sha256', own).update(`fovea1\n${key}\n${parameters}\n${exp}\n${kid}`).digest('base64url')
}

/** The query that proves `signed`: its own parameters, then `exp`, `kid` and `sig`. */
export function signQuery(signed: Signed): string {
  const { parameters, exp = inAnHour, kid = 'k1' } = signed
  const own = parameters === '' ? '' : `${parameters}&`
  return `${own}exp=${exp}&kid=${kid}&sig=${sign(signed)}`
}

/** The signed URL of a key that needs no escapes. */
export function signUrl(signed: Signed): string {
  return `/${signed.key}?${signQuery(signed)}`
}
