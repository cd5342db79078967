/**
 * What can go wrong with signing keys.
 *
 * - `unknown-kid`, `kid-exists`: there is no such key, or there is one already
 * - `bad-kid`: not a key id
 * - `weak-secret`: a secret that can be guessed, or is none
 * - `last-key`: without it no URL could be signed
 * - `conflict`: others kept changing the store
 * - `denied`: no credentials, or not allowed
 * - `no-store`: no KeyValueStore of that ARN
 * - `unreachable`: no answer, or one that is none of the above
 */
export type KeyStoreErrorCode =
  | 'unknown-kid'
  | 'kid-exists'
  | 'bad-kid'
  | 'weak-secret'
  | 'last-key'
  | 'conflict'
  | 'denied'
  | 'no-store'
  | 'unreachable'

/** The one error of this folder. Neither message nor properties hold a secret: there is no `cause`, whose request would. */
export class KeyStoreError extends Error {
  override readonly name = 'KeyStoreError'
  readonly code: KeyStoreErrorCode

  constructor(code: KeyStoreErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
