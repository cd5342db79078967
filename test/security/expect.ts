import assert from 'node:assert/strict'
import { edgeErrors } from '../../grammar/edge-errors.ts'
import { type Answer, secrets } from './run-edge.ts'

/** Characters of a secret that no answer holds in a row. */
const pieceLength = 8

/** Fails where `text` holds a piece of a secret, or of one of `more`, that `sent` does not. */
export function assertKeepsSecrets(text: string, sent: string, more: readonly string[] = []): void {
  const kept = [...Object.values(secrets), ...more].filter((secret) => secret.length >= pieceLength)
  assert.ok(kept.length >= 4)
  for (const secret of kept) {
    for (let at = 0; at + pieceLength <= secret.length; at++) {
      const piece = secret.slice(at, at + pieceLength)
      assert.ok(sent.includes(piece) || !text.includes(piece), `${piece} of a secret is in ${text}`)
    }
  }
}

/**
 * Fails unless `answer` refuses `url` by one of `codes`, with that code's status, to nobody's cache, and tells nothing.
 *
 * @param right signatures that only who has the secret knows.
 */
export function assertRefused(
  answer: Answer,
  url: string,
  codes: readonly string[],
  right: readonly string[] = [],
): void {
  assert.equal(answer.url, undefined, `${url} passes as ${answer.url}`)
  assert.ok(codes.includes(answer.code), `${url}: ${answer.code}, expected ${codes.join(' or ')}`)
  const { status } = edgeErrors[answer.code as keyof typeof edgeErrors]
  assert.equal(answer.status, status, url)
  assert.ok(status === 400 || status === 403, `${url}: ${status}`)
  assert.equal(answer.headers['cache-control'], 'no-store', url)
  assertKeepsSecrets(answer.raw, url, right)
}
