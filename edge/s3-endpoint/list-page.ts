/** One entry of a listing: a key, or a prefix that stands for all keys sharing it up to the delimiter. */
export interface ListEntry {
  kind: 'key' | 'prefix'
  name: string
}

export interface ListPage {
  entries: ListEntry[]
  /** Name of the last entry where more follow. */
  nextAfter?: string
}

export interface PageOptions {
  prefix: string
  /** Empty for none. */
  delimiter: string
  /** Leave out keys up to and including this one. */
  startAfter: string
  /** `nextAfter` of the page before; leaves out entries, so that a prefix once shown is not shown again. */
  continueAfter?: string
  maxKeys: number
}

/** Groups sorted keys by delimiter and cuts out one page; each common prefix counts as one entry, as S3 counts. */
export function cutPage(sortedKeys: readonly string[], options: PageOptions): ListPage {
  const { prefix, delimiter, startAfter, continueAfter, maxKeys } = options
  const entries: ListEntry[] = []
  for (const key of sortedKeys) {
    if (startAfter !== '' && compareBytes(key, startAfter) <= 0) continue
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    const entry: ListEntry =
      end < 0 ? { kind: 'key', name: key } : { kind: 'prefix', name: key.slice(0, end + delimiter.length) }
    if (continueAfter !== undefined && compareBytes(entry.name, continueAfter) <= 0) continue
    const last = entries.at(-1)
    if (last?.kind === 'prefix' && entry.kind === 'prefix' && last.name === entry.name) continue
    if (entries.length === maxKeys) return { entries, nextAfter: last?.name }
    entries.push(entry)
  }
  return { entries }
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
