import type { WidthImageParameters } from '../url-set.ts'
import type { ImageHost } from './image-url.ts'
import { srcset } from './srcset.ts'
import type { WidthChoice } from './widths.ts'

/** An image of a page. */
export interface PageImage extends Partial<WidthChoice> {
  /** What the image shows, for who does not see it; '' where it only decorates. */
  alt: string
  /** Of the image in CSS pixels, or any two numbers of its ratio: the page keeps its place free. */
  width: number
  height: number
  /** Widths to offer in place of those that `sizes` needs. */
  widths?: readonly number[]
  /** How the image is made: `{ aspect: '16:9', fit: 'crop' }`. */
  parameters?: WidthImageParameters
  /**
   * `high` for the largest image of the first screen, `eager` for others on it. Default: `lazy`, loaded when one scrolls
   * near it.
   */
  priority?: 'high' | 'eager' | 'lazy'
  /** What is seen until it is there: a colour, or a picture as a `data:` URL (`thumbhashPlaceholder`). */
  placeholder?: string
  /** Attributes besides: `{ class: 'hero', id: 'top' }`. */
  attributes?: Readonly<Record<string, string>>
}

/** Attributes of HTML, unescaped, in the order in which they are written. */
export type HtmlAttributes = Readonly<Record<string, string>>

/** Those of every `<img>`. */
export type ImgAttributes = HtmlAttributes &
  Readonly<Record<'alt' | 'width' | 'height' | 'sizes' | 'srcset' | 'src', string>>

/**
 * The attributes of `<img>` for the original `key`. `sizes` is by default the whole width of the page up to `width`; a lazy
 * image has `auto` before it, which lets browsers that know it take the width that the page gives the image.
 *
 * @throws Error `expected X for NAME but received Y`.
 */
export function imgAttributes(key: string, image: PageImage, host: ImageHost = {}): ImgAttributes {
  return arrangeAttributes(image, planCandidates(key, image, host))
}

/** The attributes of `<img>` for an image whose URLs and `sizes` are known. */
export function arrangeAttributes(
  image: Omit<PageImage, 'sizes' | 'widths' | 'parameters'>,
  { src, srcset: candidates, sizes }: Candidates,
): ImgAttributes {
  const { width, height, alt, priority = 'lazy', placeholder } = image
  const lazy = priority === 'lazy'
  return {
    ...image.attributes,
    alt,
    width: String(width),
    height: String(height),
    // Before src: a browser that reads markup piece by piece must not begin with another size, or too soon.
    ...(lazy ? { loading: 'lazy', decoding: 'async' } : {}),
    ...(priority === 'high' ? { fetchpriority: 'high' } : {}),
    sizes: lazy ? `auto, ${sizes}` : sizes,
    srcset: candidates,
    src,
    ...(placeholder === undefined ? {} : { style: joinStyles(image.attributes?.style, placeholder) }),
  }
}

/**
 * The attributes of `<link>` that has a browser load the image before it sees its `<img>`: for the one of priority `high`,
 * in `<head>`.
 */
export function preloadAttributes(
  key: string,
  image: Omit<PageImage, 'alt'> & { media?: string },
  host: ImageHost = {},
): HtmlAttributes {
  const { src, srcset: candidates, sizes } = planCandidates(key, image, host)
  return {
    rel: 'preload',
    as: 'image',
    ...(image.media === undefined ? {} : { media: image.media }),
    href: src,
    imagesrcset: candidates,
    imagesizes: sizes,
    fetchpriority: 'high',
  }
}

/** What a browser chooses from. */
export interface Candidates {
  src: string
  srcset: string
  sizes: string
}

/** URLs and `sizes` of an image. */
function planCandidates(key: string, image: Omit<PageImage, 'alt' | 'height'>, host: ImageHost): Candidates {
  const { width, widths, ladder, originalWidth, parameters } = image
  const sizes = image.sizes ?? `(max-width: ${width}px) 100vw, ${width}px`
  const set = widths ? { ...parameters, widths } : { ...parameters, sizes, ladder, originalWidth }
  return { ...srcset(key, set, host), sizes }
}

/** The placeholder behind the image, which hides it when it is there. */
function joinStyles(own: string | undefined, placeholder: string): string {
  const background = placeholder.startsWith('data:')
    ? `center/cover no-repeat url("${placeholder.replace(/["\\\n]/g, encodeURIComponent)}")`
    : // A colour ends nothing and begins no other property.
      placeholder.replace(/[;"'{}]/g, '')
  return `${own ? `${own};` : ''}background:${background}`
}
