import { defaultLadder } from '../../grammar/default-settings.ts'
import { invalidArgument } from '../invalid-argument.ts'
import { planSet, type WidthImageParameters } from '../url-set.ts'
import { imageUrl } from './image-url.ts'
import { arrangeAttributes, type HtmlAttributes, type PageImage } from './img-attributes.ts'
import type { WidthChoice } from './widths.ts'

/** What all elements of a page share. */
export interface FoveaImgOptions extends Pick<WidthChoice, 'ladder'> {
  /** Scheme and host of the images. Default: the page's own. */
  baseUrl?: string
}

/** The attributes of `<fovea-img>`: those of the URL language, but `width` and `height`, which are the layout's. */
export interface FoveaImgAttributes extends WidthImageParameters {
  /** The key of the original, or its path. */
  src: string
  alt: string
  /** As of `<img>`: CSS pixels, or any two numbers of the ratio. */
  width: number | `${number}`
  height: number | `${number}`
  sizes?: string
  /** Widths to offer, between spaces: `320 640`. Default: the ladder. */
  widths?: string
  'original-width'?: number | `${number}`
  priority?: PageImage['priority']
  placeholder?: string
}

/**
 * The names of {@link WidthImageParameters}, between spaces: all of it is sent to browsers. The tests compare it with the
 * table.
 */
export const parameterNames =
  'aspect fit gravity enlarge crop trim rotate flip pad background radius blur sharpen brightness contrast saturation hue greyscale tint overlay overlay-width overlay-gravity overlay-margin overlay-opacity format quality lossless animated page metadata preset version download embed'

/** All that is read. */
export function listNames(): string[] {
  return `${parameterNames} src alt width height sizes widths original-width priority placeholder`.split(' ')
}

/** An element, as far as it is read. */
export interface ReadableElement {
  getAttribute(name: string): string | null
}

/**
 * The attributes of the `<img>` that a `<fovea-img>` asks for, in the order in which they are to be set.
 *
 * @param report takes what is missing or wrong, which is left out.
 */
export function readFoveaImg(
  element: ReadableElement,
  { baseUrl, ladder = defaultLadder }: FoveaImgOptions,
  report: (error: Error) => void,
): HtmlAttributes {
  const text = (name: string) => element.getAttribute(name) ?? undefined
  const expect = <Value>(fits: boolean, name: string, expected: string, value: Value) => {
    if (fits) return value
    report(invalidArgument(name, expected, text(name)))
    return undefined
  }
  const number = (name: string, otherwise = Number.NaN) => {
    const value = Number(text(name) ?? otherwise)
    return expect(value > 0, name, 'a number above 0', value) ?? Number.NaN
  }
  const priority = text('priority') as PageImage['priority']
  const width = number('width')
  const image = {
    alt: expect(text('alt') !== undefined, 'alt', 'a text, which may be empty,', text('alt')) ?? '',
    width,
    height: number('height'),
    priority: expect(
      /^(high|eager|lazy)$/.test(priority ?? 'lazy'),
      'priority',
      'high, eager or lazy',
      priority,
    ),
    placeholder: text('placeholder'),
  }
  const originalWidth = number('original-width', Number.POSITIVE_INFINITY)
  const plan = {
    src: '',
    srcset: '',
    sizes: text('sizes') ?? (width ? `(max-width: ${width}px) 100vw, ${width}px` : '100vw'),
  }
  const parameters: Record<string, string> = {}
  for (const name of parameterNames.split(' ')) {
    const value = text(name)
    // `greyscale` alone is `greyscale=1`.
    if (value !== undefined) parameters[name] = value || '1'
  }
  try {
    // Not `chooseWidths`, which would be half of this: a browser asks for none that it leaves out.
    const widths =
      text('widths')?.match(/\d+/g)?.map(Number) ??
      ladder.filter((_step, at) => !((ladder[at - 1] ?? 0) >= originalWidth))
    const key = text('src')?.replace(/^\//, '') ?? ''
    Object.assign(
      plan,
      planSet(parameters, { widths }, (each) => imageUrl(key, each, { baseUrl })),
    )
  } catch (error) {
    report(error as Error)
  }
  const { alt, ...attributes } = arrangeAttributes(image, plan)
  const known = Object.entries(attributes).filter(([, value]) => !/^(NaN)?$/.test(value))
  return { alt, ...Object.fromEntries(known) }
}
