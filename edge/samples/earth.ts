import sharp from 'sharp'
import { encodeDisplayP3 } from './display-p3.ts'
import { seededRandom } from './grain.ts'

const WIDTH = 1800
const HEIGHT = 1350
/** Radius of the globe in pixels, chosen so that the map is enlarged about 1.8 times at most. */
const RADIUS = 590
const CENTRE = { x: WIDTH / 2, y: HEIGHT / 2 }
/** The place in the middle of the globe, in radians: Africa and Europe above, India at the rim. */
const LATITUDE = (17 * Math.PI) / 180
const LONGITUDE = (24 * Math.PI) / 180
/** Direction of the sun as seen by the viewer: from the upper left, towards us; unit length. */
const SUN = normalise([-0.62, 0.42, 0.66])
const STAR_COUNT = 420

type Vector = readonly [number, number, number]

interface EarthMap {
  pixels: Buffer
  width: number
  height: number
}

/** Returns a Display P3 JPEG of the Earth from space, made from an equirectangular map of satellite photographs. */
export async function makeEarth(mapPath: string): Promise<Buffer> {
  const { data, info } = await sharp(mapPath)
    .modulate({ saturation: 1.12 })
    .linear(1.06, 6)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const map = { pixels: data, width: info.width, height: info.height }
  const picture = Buffer.alloc(WIDTH * HEIGHT * 3)
  scatterStars(picture)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const across = (x + 0.5 - CENTRE.x) / RADIUS
      const up = (CENTRE.y - y - 0.5) / RADIUS
      const distance = Math.hypot(across, up)
      if (distance < 1.3) paintPixel(picture, (y * WIDTH + x) * 3, map, across, up, distance)
    }
  }
  return encodeDisplayP3(picture, { width: WIDTH, height: HEIGHT })
}

function paintPixel(
  picture: Buffer,
  at: number,
  map: EarthMap,
  across: number,
  up: number,
  distance: number,
): void {
  const sunlit = (across * SUN[0] + up * SUN[1]) / Math.max(distance, 0.001)
  // Air outside the disc: a halo that falls off fast and is bright on the sun's side only.
  const halo = Math.exp(-Math.max(0, distance - 1) * 26) * clamp(0.32 + 0.75 * sunlit)
  const cover = clamp((1 - distance) * RADIUS + 0.5)
  const surface = cover > 0 ? litSurface(map, across, up, Math.min(distance, 0.99999)) : BLACK
  for (let channel = 0; channel < 3; channel++) {
    const sky = (picture[at + channel] ?? 0) * (1 - halo) + (AIR[channel] ?? 0) * halo * 0.8
    picture[at + channel] = Math.round(sky * (1 - cover) + (surface[channel] ?? 0) * cover)
  }
}

const BLACK: Vector = [0, 0, 0]
const AIR: Vector = [70, 150, 255]

function litSurface(map: EarthMap, across: number, up: number, distance: number): Vector {
  const towards = Math.sqrt(1 - distance * distance)
  // Inverse orthographic projection (Snyder, Map Projections: a Working Manual, 1987, equations 20-14 to 20-15).
  const latitude = Math.asin(towards * Math.sin(LATITUDE) + up * Math.cos(LATITUDE))
  const longitude = LONGITUDE + Math.atan2(across, towards * Math.cos(LATITUDE) - up * Math.sin(LATITUDE))
  const ground = sampleMap(map, latitude, longitude)

  const facing = across * SUN[0] + up * SUN[1] + towards * SUN[2]
  const light = 0.035 + 1.22 * smoothStep(-0.12, 0.85, facing)
  // Air over the disc thickens towards the rim.
  const haze = 0.07 + 0.62 * (1 - towards) ** 3.2
  const air = haze * clamp(0.06 + 1.1 * facing + 0.25)
  return [0, 1, 2].map((channel) =>
    Math.min(255, (ground[channel] ?? 0) * light * (1 - haze * 0.7) + (AIR[channel] ?? 0) * air),
  ) as unknown as Vector
}

/** Reads the map at a latitude and longitude in radians, mixing the four nearest pixels. */
function sampleMap(map: EarthMap, latitude: number, longitude: number): Vector {
  const turns = longitude / (2 * Math.PI) + 0.5
  const x = (turns - Math.floor(turns)) * map.width - 0.5
  const y = Math.min(map.height - 1, Math.max(0, (0.5 - latitude / Math.PI) * map.height - 0.5))
  const left = Math.floor(x)
  const top = Math.floor(y)
  const mix: [number, number, number] = [0, 0, 0]
  for (const [row, column] of CORNERS) {
    const weight = (row ? y - top : 1 - y + top) * (column ? x - left : 1 - x + left)
    const wrapped = (left + column + map.width) % map.width
    const at = (Math.min(map.height - 1, top + row) * map.width + wrapped) * 3
    for (let channel = 0; channel < 3; channel++) {
      mix[channel] = (mix[channel] ?? 0) + (map.pixels[at + channel] ?? 0) * weight
    }
  }
  return mix
}

const CORNERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const

function scatterStars(picture: Buffer): void {
  const random = seededRandom(1969)
  picture.fill(Buffer.from([4, 6, 12]))
  for (let i = 0; i < STAR_COUNT; i++) {
    const at = (Math.floor(random() * HEIGHT) * WIDTH + Math.floor(random() * WIDTH)) * 3
    picture.fill(Math.round(40 + 190 * random() ** 3), at, at + 3)
  }
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function smoothStep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from))
  return t * t * (3 - 2 * t)
}

function normalise([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}
