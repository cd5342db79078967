/** What stands in the list for one image: its line, from 1, and its URL. */
export interface Target {
  line: number
  url: string
}

/**
 * Reads a list of images, a line each: a path with its query, or a URL of `base`. Empty lines and those that begin with `#`
 * are none; what is there twice is taken once.
 *
 * @throws Error that names the line.
 */
export function readTargets(text: string, base: string): Target[] {
  const seen = new Set<string>()
  const targets: Target[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const entry = raw.trim()
    if (entry === '' || entry.startsWith('#')) continue
    const url = resolveEntry(entry, base)
    if (url === undefined) {
      throw new Error(
        `line ${index + 1}: expected a path that begins with /, or a URL of ${base}, but received ${entry}`,
      )
    }
    if (!seen.has(url)) targets.push({ line: index + 1, url })
    seen.add(url)
  }
  return targets
}

/** Security: a list never makes this ask another host. */
function resolveEntry(entry: string, base: string): string | undefined {
  const path = entry.toLowerCase().startsWith(`${base.toLowerCase()}/`) ? entry.slice(base.length) : entry
  const url = path.startsWith('/') ? base + path : undefined
  return url !== undefined && URL.canParse(url) ? url : undefined
}
