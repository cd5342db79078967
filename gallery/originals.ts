import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { drawChart } from '../edge/samples/chart.ts'
import { drawIris } from '../edge/samples/iris.ts'
import { drawLogo } from '../edge/samples/logo.ts'
import { recipes } from '../edge/samples/recipes.ts'

/** Originals by the keys that the examples have. */
export type Pictures = Readonly<Record<string, Buffer>>

/** Where the overlays of the examples lie. */
export const overlaysPrefix = 'overlays/'

/** The key of the one photograph that operations are shown on. */
export const photographKey = 'p/chair.jpg'

/** A sample in colour, without which hue and saturation would show nothing. */
const photographRecipe = 'travel/earth.jpg'

/** Longest side of the photograph as a TIFF: it is shown as it is. */
const tiffSide = 480

/**
 * What stands behind each key of docs/examples.ts.
 *
 * @param file a photograph of one's own, in place of the sample.
 * @throws Error where the file cannot be read, or is no picture.
 */
export async function makePictures(file?: string): Promise<Pictures> {
  const photograph = file === undefined ? await findRecipe().make() : await readPicture(file)
  return {
    [photographKey]: photograph,
    'p/chair.tif': await sharp(photograph)
      .autoOrient()
      .resize(tiffSide, tiffSide, { fit: 'inside', withoutEnlargement: true })
      .tiff({ compression: 'lzw' })
      .toBuffer(),
    'p/chart.png': await drawChart(),
    'p/icon.png': await sharp(Buffer.from(drawLogo()))
      .extract({ left: 20, top: 0, width: 320, height: 320 })
      .resize(96)
      .png()
      .toBuffer(),
    'p/logo.png': await sharp(Buffer.from(drawLogo()))
      .resize(420)
      .extend({ top: 60, bottom: 60, left: 60, right: 60, background: 'transparent' })
      .png()
      .toBuffer(),
    'p/spinner.gif': await drawIris(),
    'overlays/logo.png': await sharp(Buffer.from(drawWhiteLogo())).resize(240).png().toBuffer(),
    'overlays/eye.svg': Buffer.from(drawEye()),
  }
}

/** Where the sample photograph comes from, in words. */
export function creditPhotograph(): string {
  return findRecipe().source
}

/** White shows on a dark photograph. */
function drawWhiteLogo(): string {
  return drawLogo().replaceAll('#1b2440', '#ffffff')
}

/** The mark without the name. */
function drawEye(): string {
  return drawWhiteLogo().replace(
    /width="920" height="320" viewBox="0 0 920 320"/,
    'width="320" height="240" viewBox="20 40 320 240"',
  )
}

async function readPicture(file: string): Promise<Buffer> {
  try {
    const bytes = await readFile(file)
    await sharp(bytes).metadata()
    return bytes
  } catch (cause) {
    throw new Error(`expected a picture for --image but received ${file}`, { cause })
  }
}

function findRecipe() {
  const recipe = recipes.find(({ key }) => key === photographRecipe)
  if (!recipe) throw new Error(`expected a sample ${photographRecipe}`)
  return recipe
}
