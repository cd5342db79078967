import { imageUrl } from '../../../../signer/client/image-url.ts'
import type { OriginalEntry } from '../../api.ts'

/** The request that the page begins with: the largest photograph, at a width of the ladder; undefined without originals. */
export function chooseFirst(originals: readonly OriginalEntry[]): string | undefined {
  const bySize = [...originals].sort((one, other) => other.bytes - one.bytes)
  const first = bySize.find(({ key }) => /\.jpe?g$/i.test(key)) ?? bySize[0]
  return first && imageUrl(first.key, { width: 960 })
}
