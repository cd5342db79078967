import { thumbhashPlaceholder } from '../../../../signer/client/placeholder.ts'

/** The picture of a ThumbHash, as a `data:` URL; undefined for what is none. */
export function drawPlaceholder(thumbhash: string): string | undefined {
  try {
    return thumbhashPlaceholder(thumbhash)
  } catch {
    return undefined
  }
}
