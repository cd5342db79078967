import { claimsCanonical, readCanonical } from '../grammar/canonical.ts'
import { edgeErrors } from '../grammar/edge-errors.ts'
import { findParameter } from '../grammar/parameters.ts'
import type { QueryPair } from '../grammar/query.ts'
import { readUrl } from '../grammar/read-url.ts'
import type { Rejection } from '../grammar/rejection.ts'
import { revision, type Variant } from '../grammar/variant.ts'
import { readViewer } from '../grammar/viewer.ts'
import type { Invocation } from './event.ts'
import type { TransformerSettings } from './settings.ts'
import { TransformError } from './transform-error.ts'

/**
 * The variant that is asked for. Through CloudFront the URL must be canonical, read with the same grammar; a direct
 * invocation is read as a request.
 *
 * @throws TransformError `not-canonical`, `skew`, `method`; Rejection for a direct invocation.
 */
export function readVariant(invocation: Invocation, settings: TransformerSettings): Variant {
  const { method, path, query } = invocation
  if (method !== 'GET' && method !== 'HEAD') throw new TransformError('method', 'GET or HEAD', method)
  if (!invocation.canonical) return readUrl(path, query, readViewer(invocation.header), settings)
  // Before it is read: a newer revision may know other values, and another order.
  if (claimsCanonical(query) && Number(query[0]?.value) > revision) throw skew(`rev=${query[0]?.value}`)
  try {
    return readCanonical(path, query)
  } catch (thrown) {
    if (!isRejection(thrown)) throw thrown
    const unknown = query.find(({ name }) => name !== 'rev' && !isCanonicalName(name))
    throw unknown ? skew(unknown.name) : new TransformError('not-canonical', thrown.expected, thrown.received)
  }
}

/** Function and Lambda of one deployment do not change at the same moment: a newer edge may say what we do not know. */
function skew(received: string): TransformError {
  return new TransformError('skew', `revision ${revision} or older, and its parameters`, received)
}

function isCanonicalName(name: QueryPair['name']): boolean {
  const row = findParameter(name)
  return row?.name === name && row.canonicalKind !== null
}

/** Whether `thrown` is a refusal of the grammar. */
export function isRejection(thrown: unknown): thrown is Rejection {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return false
  return Object.hasOwn(edgeErrors, String(thrown.code))
}
