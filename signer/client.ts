// What pages import as `fovea/client`, in browsers and where they are rendered: URLs and markup, without node:crypto.

export { defineFoveaImg } from './client/fovea-img.ts'
export type { FoveaImgAttributes, FoveaImgOptions } from './client/fovea-img-attributes.ts'
export { type ImageHost, imageUrl } from './client/image-url.ts'
export {
  type HtmlAttributes,
  imgAttributes,
  type PageImage,
  preloadAttributes,
} from './client/img-attributes.ts'
export { imgMarkup, type PictureSource, pictureMarkup, preloadMarkup } from './client/markup.ts'
export { createNextLoader, type NextLoaderInput } from './client/next-loader.ts'
export { thumbhashPlaceholder } from './client/placeholder.ts'
export { type DensitySet, srcset, type WidthSet } from './client/srcset.ts'
export { extract, type FoveaOperations, type FoveaOptions, generate, transform } from './client/unpic.ts'
export { chooseWidths, type WidthChoice } from './client/widths.ts'
export type { ImageParameters } from './image-parameters.ts'
