import { checkKid } from '../../../signer/keys/kid.ts'
import { checkSecret } from '../../../signer/keys/secret.ts'

/** What the secret in Secrets Manager holds, as JSON: the key that backends sign with, and what is known of those before it. */
export interface SigningSecret {
  kid: string
  secret: string
  /** Keys that were current before, which stay in the store until then; in epoch seconds. */
  older: readonly { kid: string; until: number }[]
}

/**
 * Reads the text of the secret. The first one is of CloudFormation's making and has no `older`.
 *
 * @throws Error without a character of the secret: it may be logged.
 */
export function readSigningSecret(text: string): SigningSecret {
  const value = parse(text)
  const { kid, secret, older = [] } = value
  if (typeof kid !== 'string' || typeof secret !== 'string' || !Array.isArray(older)) {
    throw new Error('expected {"kid", "secret"} as JSON in the secret but received something else')
  }
  checkKid(kid)
  checkSecret(secret)
  return { kid, secret, older: older.filter((each) => typeof each?.kid === 'string') }
}

export function formatSigningSecret(secret: SigningSecret): string {
  return JSON.stringify(secret)
}

function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text))
  } catch {
    // The message of JSON.parse quotes the text.
    throw new Error('expected JSON in the secret but received something else')
  }
}
