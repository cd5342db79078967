import type { ImageParameters } from './image-parameters.ts'
import { invalidArgument } from './invalid-argument.ts'

/** Parameters of an image of several widths: a shape is given by `aspect`, since a height would be the same for all. */
export type WidthImageParameters = Omit<ImageParameters, 'width' | 'height' | 'dpr'>

/** Parameters of an image of several densities: width and height are those of density 1. */
export type DensityImageParameters = Omit<ImageParameters, 'dpr'>

/** One image in several sizes. */
export interface UrlSet {
  /** For `srcset`: a URL and its descriptor each, by rising size. */
  srcset: string
  /** For `src`, which browsers without srcset and crawlers take: density 1, or the largest width up to 1280, else the smallest. */
  src: string
  urls: readonly { url: string; descriptor: `${number}w` | `${number}x` }[]
}

/** Pixels that `src` has at most where there is a choice: the width of a common page. */
const maxSrcWidth = 1280

/** The set of an image in widths or densities, each URL made by `sign`. */
export function planSet(
  parameters: ImageParameters,
  set: { widths?: readonly number[]; densities?: readonly number[] },
  sign: (parameters: ImageParameters) => string,
): UrlSet {
  const { widths, densities } = set
  if (!widths === !densities) throw invalidArgument('set', 'widths or densities', set)
  refuseOwn(parameters, widths ? ['width', 'height', 'dpr'] : ['dpr'])
  if (widths) {
    const steps = sortSteps('widths', widths)
    const urls = steps.map((width) => describe(sign({ ...parameters, width }), `${width}w`))
    return formatSet(
      urls,
      Math.max(
        0,
        steps.findLastIndex((width) => width <= maxSrcWidth),
      ),
    )
  }
  const { width, height, preset } = parameters
  if (width === undefined && height === undefined && preset === undefined) {
    throw invalidArgument('parameters', 'width, height or a preset with one beside densities', parameters)
  }
  const steps = sortSteps('densities', densities ?? [])
  // Density 1 is the image itself: its URL, and so a browser's copy, is that of a page without densities.
  return formatSet(
    steps.map((dpr) => describe(sign(dpr === 1 ? parameters : { ...parameters, dpr }), `${dpr}x`)),
    0,
  )
}

type Described = UrlSet['urls'][number]

function describe(url: string, descriptor: Described['descriptor']): Described {
  return { url, descriptor }
}

function formatSet(urls: readonly Described[], srcAt: number): UrlSet {
  return {
    srcset: urls.map(({ url, descriptor }) => `${url} ${descriptor}`).join(', '),
    src: urls[srcAt]?.url ?? '',
    urls,
  }
}

/** Each once, rising: two of the same descriptor are an error of markup. */
function sortSteps(name: string, steps: readonly number[]): number[] {
  if (!Array.isArray(steps) || steps.length === 0) {
    throw invalidArgument(name, 'a list of numbers, at least one', steps)
  }
  return [...new Set(steps)].sort((a, b) => a - b)
}

function refuseOwn(parameters: ImageParameters, names: readonly (keyof ImageParameters)[]): void {
  const given = names.find((name) => parameters[name] !== undefined)
  if (given) throw invalidArgument('parameters', `no ${given}, which the set gives,`, parameters[given])
}
