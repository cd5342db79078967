import type { Setup } from '../../api.ts'

/** Who may have what of the original: the mode of the longest prefix that its key begins with. */
export function findAccess(access: Setup['access'], key: string): string {
  const [found] = access
    .filter(([prefix]) => key.startsWith(prefix))
    .sort(([one], [other]) => other.length - one.length)
  return found?.[1] ?? 'bounded'
}
