import type { Variant } from '../../grammar/variant.ts'
import type { Original, OriginalDescription, Originals } from './originals.ts'

/** What a variant is made of, both parts at once: the original, and what is laid over it. */
export async function readParts(
  { key, parameters }: Variant,
  originals: Originals,
  maxOverlayBytes: number,
  signal: AbortSignal,
): Promise<Original> {
  const { overlay } = parameters
  const [original, laid] = await Promise.all([
    originals.read(key, signal),
    overlay === undefined ? undefined : originals.read(overlay, signal, maxOverlayBytes),
  ])
  return withOverlay(original, laid)
}

/** The same, without the bytes. */
export async function describeParts(
  { key, parameters }: Variant,
  originals: Originals,
  signal: AbortSignal,
): Promise<OriginalDescription> {
  const { overlay } = parameters
  const [original, laid] = await Promise.all([
    originals.describe(key, signal),
    overlay === undefined ? undefined : originals.describe(overlay, signal),
  ])
  return withOverlay(original, laid)
}

/** `original` with what is laid over it: another of either is another variant. */
export function withOverlay<Found extends OriginalDescription>(
  original: Found,
  overlay: (OriginalDescription & { bytes?: Buffer }) | undefined,
): Found {
  if (!overlay) return original
  const dates = [original.lastModified, overlay.lastModified].filter((date) => date !== undefined)
  return {
    ...original,
    etag: `${original.etag} ${overlay.etag}`,
    lastModified: dates.length < 2 ? undefined : new Date(Math.max(...dates.map(Number))),
    overlay: overlay.bytes,
  }
}
