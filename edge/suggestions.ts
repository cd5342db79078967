import { readdir } from 'node:fs/promises'
import { relative, sep } from 'node:path'

/** A URL to click, and what it shows. */
export interface Suggestion {
  /** Path and query. */
  url: string
  what: string
}

/** Keys looked at: enough to suggest from, however large the folder. */
const maxKeys = 2000

/** The keys of the images in `folder`, in a stable order. */
export async function listOriginals(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.(?:jpe?g|png|webp|avif|gif|tiff?|svg)$/i.test(entry.name))
    .slice(0, maxKeys)
    .map((entry) => relative(folder, `${entry.parentPath}${sep}${entry.name}`).split(sep).join('/'))
    .filter((key) => !/(?:^|\/)\./.test(key))
    .sort()
}

/** Whether anyone may ask for the original `key` without a signature, by the rules of the edge function, the longest prefix first. */
export function isForAnyone(
  key: string,
  access: readonly (readonly [prefix: string, mode: string])[],
): boolean {
  const mode = access.find(([prefix]) => key.startsWith(prefix))?.[1]
  return mode === 'open' || mode === 'bounded'
}

/** A few requests that show what the pipeline does with the originals that are there. */
export function suggestUrls(keys: readonly string[]): Suggestion[] {
  const find = (pattern: RegExp) => keys.find((key) => pattern.test(key))
  const photograph = keys.find((key) => key === 'products/example.jpg') ?? find(/\.jpe?g$/i) ?? keys[0]
  const transparent = find(/^products\/desk-lamp\.png$/) ?? find(/\.png$/i)
  const animation = find(/\.gif$/i)
  const drawing = find(/\.svg$/i)
  const suggestions: (Suggestion | undefined)[] = [
    photograph && suggest(photograph, 'width=800', 'AVIF, WebP or JPEG, by what the browser accepts'),
    photograph && suggest(photograph, 'width=480&height=480&gravity=north', 'a square crop'),
    photograph && suggest(photograph, 'width=9000', 'a refusal that says what was expected'),
    transparent && suggest(transparent, 'w=480&h=480&fit=pad', 'a transparent picture, whole in a square'),
    animation && suggest(animation, 'width=240', 'an animation, WebP where the browser takes it'),
    drawing && suggest(drawing, 'width=640&format=png', 'a drawing, rasterised sharply at any size'),
  ].map((each) => each || undefined)
  return suggestions.filter((each) => each !== undefined)
}

function suggest(key: string, query: string, what: string): Suggestion {
  return { url: `/${key.split('/').map(encodeURIComponent).join('/')}?${query}`, what }
}
