import { edgeErrors } from '../grammar/edge-errors.ts'
import { parameters } from '../grammar/parameters.ts'
import { readUrl } from '../grammar/read-url.ts'
import type { Rejection } from '../grammar/rejection.ts'
import { revision, type Variant } from '../grammar/variant.ts'
import { readViewer } from '../grammar/viewer.ts'
import type { Invocation } from './event.ts'
import type { TransformerSettings } from './settings.ts'
import { TransformError } from './transform-error.ts'

/**
 * The variant that is asked for. Through CloudFront the URL must be canonical, read with the same grammar; a direct
 * invocation is read as a request, of someone who may have everything.
 *
 * @throws TransformError `not-canonical`, `skew`, `method`; Rejection for a direct invocation.
 */
export function readVariant(invocation: Invocation, settings: TransformerSettings): Variant {
  const { method, path, query } = invocation
  if (method !== 'GET' && method !== 'HEAD') throw new TransformError('method', 'GET or HEAD', method)
  const resolveSettings = { ladder: settings.ladder, presets: settings.presets, aspects: [] }
  const read = () =>
    checkOverlay(readUrl(path, query, readViewer(invocation.header), resolveSettings, false), settings)
  if (!invocation.canonical) return read()
  const rev = /^rev=([^&]*)/.exec(query)?.[1]
  if (rev === undefined) throw new TransformError('not-canonical', `rev=${revision} first`, query)
  // Before it is read: a newer revision may know other values, and another order.
  if (Number(rev) > revision) throw skew(`rev=${rev}`)
  try {
    return read()
  } catch (thrown) {
    if (!isRejection(thrown)) throw thrown
    const names = query.split('&').map((pair) => pair.replace(/=.*/, ''))
    const unknown = names.find((name) => name !== '' && name !== 'rev' && !isCanonicalName(name))
    throw unknown === undefined
      ? new TransformError('not-canonical', thrown.expected, thrown.received)
      : skew(unknown)
  }
}

/** Security: the edge checks it too, but is not what reads the object. */
function checkOverlay(variant: Variant, { overlays }: TransformerSettings): Variant {
  const { overlay } = variant.parameters
  if (overlay === undefined || (overlays !== undefined && overlay.startsWith(overlays))) return variant
  throw new TransformError('forbidden', `an overlay under ${overlays ?? 'a prefix of the settings'}`, overlay)
}

/** Function and Lambda of one deployment do not change at the same moment: a newer edge may say what we do not know. */
function skew(received: string): TransformError {
  return new TransformError('skew', `revision ${revision} or older, and its parameters`, received)
}

function isCanonicalName(name: string): boolean {
  return parameters.some((row) => row.name === name && row.canonicalKind !== null)
}

/** Whether `thrown` is a refusal of the grammar. */
export function isRejection(thrown: unknown): thrown is Rejection {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return false
  return Object.hasOwn(edgeErrors, String(thrown.code))
}
