import { invalidArgument } from '../invalid-argument.ts'
import type { ImageHost } from './image-url.ts'
import { type HtmlAttributes, imgAttributes, type PageImage, preloadAttributes } from './img-attributes.ts'

/** A picture of another shape, or another picture, for the viewports of `media`. What it does not say is as the image says. */
export interface PictureSource extends Partial<Omit<PageImage, 'alt' | 'priority' | 'placeholder'>> {
  /** `(max-width: 40rem)`. The first that matches counts. */
  media: string
  /** Of another original. Default: that of the image. */
  key?: string
}

/** `<img …>` for the original `key`. */
export function imgMarkup(key: string, image: PageImage, host?: ImageHost): string {
  return formatTag('img', imgAttributes(key, image, host))
}

/** `<picture>` with a `<source>` for each of `sources`, and an `<img>`. Formats need none: the URL of each gives the best. */
export function pictureMarkup(
  key: string,
  image: PageImage & { sources: readonly PictureSource[] },
  host: ImageHost = {},
): string {
  const { sources, ...shown } = image
  const tags = sources.map((source) => {
    const merged = { ...shown, ...source }
    const { width, height, sizes, srcset } = imgAttributes(source.key ?? key, merged, host)
    return formatTag('source', { ...source.attributes, media: source.media, width, height, sizes, srcset })
  })
  return `<picture>${tags.join('')}${imgMarkup(key, shown, host)}</picture>`
}

/** `<link rel="preload" …>` for the image of priority `high`. */
export function preloadMarkup(...args: Parameters<typeof preloadAttributes>): string {
  return formatTag('link', preloadAttributes(...args))
}

/** A tag without content, its values escaped. */
function formatTag(name: string, attributes: HtmlAttributes): string {
  const pairs = Object.entries(attributes).map(([attribute, value]) => {
    // Security: a name cannot be escaped.
    if (!/^[\w:-]+$/.test(attribute)) throw invalidArgument('attributes', 'names of HTML', attribute)
    return ` ${attribute}="${escapeHtml(value)}"`
  })
  return `<${name}${pairs.join('')}>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) =>
    character === '&' ? '&amp;' : `&#${character.charCodeAt(0)};`,
  )
}
