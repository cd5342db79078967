import sharp, { type Sharp } from 'sharp'

/** The colours of {@link makeQuadrants}, by corner. */
export const quadrants = {
  northwest: [220, 30, 30],
  northeast: [30, 200, 30],
  southwest: [30, 30, 220],
  southeast: [230, 220, 30],
} as const

/** A picture of four coloured quadrants: whatever turns, mirrors, crops or shifts it shows. */
export function makeQuadrants(width: number, height: number): Sharp {
  return drawCornered(width, height, (x, y) => [x < width / 2, y < height / 2])
}

/** Which side of the upright picture the first row and the first column of the file are. Source: EXIF 2.32, tag 274. */
export const stored: Readonly<Record<number, readonly [row: string, column: string]>> = {
  1: ['top', 'left'],
  2: ['top', 'right'],
  3: ['bottom', 'right'],
  4: ['bottom', 'left'],
  5: ['left', 'top'],
  6: ['right', 'top'],
  7: ['right', 'bottom'],
  8: ['left', 'bottom'],
}

/**
 * Quadrants that lie in the file as a camera held another way has them, with the EXIF orientation, 1–8, that turns them
 * upright. `width` and `height` are those of the upright picture.
 */
export function makeOriented(
  orientation: number,
  width: number,
  height: number,
  format: 'jpeg' | 'png' | 'webp' | 'tiff' = 'jpeg',
): Promise<Buffer> {
  const [row, column] = stored[orientation] ?? []
  if (!row || !column) throw new Error(`expected an orientation of 1 to 8 but received ${orientation}`)
  const [across, down] = orientation > 4 ? [height, width] : [width, height]
  const isNear = (side: string, x: number, y: number) => {
    const place = side === row ? y / down : x / across
    return (side === 'left' || side === 'top') === place < 0.5
  }
  const [horizontal, vertical] = orientation > 4 ? [row, column] : [column, row]
  return drawCornered(across, down, (x, y) => [isNear(horizontal, x, y), isNear(vertical, x, y)])
    .withMetadata({ orientation })
    .toFormat(format, { quality: 95 })
    .toBuffer()
}

/** @param place whether a pixel belongs to the left and to the top. */
function drawCornered(
  width: number,
  height: number,
  place: (x: number, y: number) => readonly [left: boolean, top: boolean],
): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [left, top] = place(x, y)
      pixels.set(quadrants[`${top ? 'north' : 'south'}${left ? 'west' : 'east'}`], (y * width + x) * 3)
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}
