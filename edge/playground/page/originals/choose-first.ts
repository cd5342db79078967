import { imageUrl } from '../../../../signer/client/image-url.ts'
import type { OriginalEntry, Setup } from '../../api.ts'
import { findAccess } from '../access/find-access.ts'
import { beginningWidth, pickWidth } from '../request/pick-width.ts'

/** The request that the page begins with: the largest photograph that anyone may have; undefined without originals. */
export function chooseFirst(
  originals: readonly OriginalEntry[],
  { access, ladder }: Pick<Setup, 'access' | 'ladder'>,
): string | undefined {
  const isFree = ({ key }: OriginalEntry) => ['open', 'bounded'].includes(findAccess(access, key))
  const bySize = originals.filter(isFree).sort((one, other) => other.bytes - one.bytes)
  const first = bySize.find(({ key }) => /\.jpe?g$/i.test(key)) ?? bySize[0] ?? originals[0]
  return first && imageUrl(first.key, { width: pickWidth(ladder, beginningWidth) })
}
