import type { Sharp } from 'sharp'

/** The sharp module, as far as it is used. */
export type SharpModule = typeof import('sharp')['default']
export type { Sharp }

/** The loaders that originals may reach. All others stay blocked: what is not a format of ours is not decoded. */
const loaders = [
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadHeifBuffer',
  'VipsForeignLoadNsgifBuffer',
  'VipsForeignLoadTiffBuffer',
  'VipsForeignLoadSvgBuffer',
]

let loading: Promise<SharpModule> | undefined

/** Loads sharp on first use, so that the original is already on its way while the library comes up. */
export function loadSharp(): Promise<SharpModule> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    // Variants differ from request to request: libvips' operation cache would only hold memory.
    sharp.cache(false)
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({ operation: loaders })
    return sharp
  })
  return loading
}
