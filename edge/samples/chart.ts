import sharp from 'sharp'
import { drawLetters } from './stroke-letters.ts'

const INK = '#1b2440'
const PAPER = '#faf6ee'
const RULE = '#e4dccb'
const ROD = '#9fc6c3'
const CONE = '#ef7d3c'

const BASELINE_Y = 850
const CENTRE_X = 800
/** Half-width of the axis in degrees from the fovea. */
const DEGREES = 60
const PIXELS_PER_DEGREE = 11.2
/** Height of one thousand cells per square millimetre, in pixels. */
const PIXELS_PER_THOUSAND = 3.15

/** Returns a PNG of 1,600 × 1,000 in flat colours: the rods and cones across the retina, as bars. */
export async function drawChart(): Promise<Buffer> {
  const degrees = Array.from({ length: DEGREES + 1 }, (_, i) => 2 * i - DEGREES)
  const bars = degrees.filter((degree) => !isBlindSpot(degree))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1000">
    <rect width="1600" height="1000" fill="${PAPER}"/>
    ${[50, 100, 150, 200].map(drawRule).join('')}
    ${bars.map((degree) => drawBar(degree, countRods(degree), 15, ROD)).join('')}
    ${bars.map((degree) => drawBar(degree, countCones(degree), 15, CONE)).join('')}
    <path d="M100 ${BASELINE_Y}H1500" stroke="${INK}" stroke-width="4" stroke-linecap="round"/>
    ${[-60, -40, -20, 0, 20, 40, 60].map(drawTick).join('')}
    ${drawLetters('RODS AND CONES', { x: 100, y: 84, heightPixels: 46, colour: INK })}
    ${drawLetters('CELLS ACROSS THE RETINA', { x: 101, y: 158, heightPixels: 19, colour: '#6d7388' })}
    ${drawLegend(1208, 'CONES', CONE)}${drawLegend(1386, 'RODS', ROD)}
    ${drawLabel('FOVEA', 0, 186)}${drawLabel('BLIND SPOT', 15, 286)}
    <path d="M968 322V800" stroke="${INK}" stroke-width="3" stroke-linecap="round" stroke-dasharray="1 12"/>
  </svg>`
  return sharp(Buffer.from(svg)).removeAlpha().png({ compressionLevel: 9 }).toBuffer()
}

/** Rods per square millimetre in thousands: none in the fovea, most at 18°, fewer towards the rim. */
function countRods(degree: number): number {
  const distance = Math.abs(degree)
  if (distance < 1) return 0
  return 158 * (1 - Math.exp(-distance / 5)) ** 1.6 * Math.exp(-Math.max(0, distance - 18) / 58)
}

/** Cones per square millimetre in thousands: a peak in the fovea, a thin floor elsewhere. */
function countCones(degree: number): number {
  return 186 / (1 + (Math.abs(degree) / 1.5) ** 1.5) + 4
}

/** The optic nerve leaves the eye between about 13° and 18° on the nasal side: no cells at all. */
function isBlindSpot(degree: number): boolean {
  return degree >= 13 && degree <= 17
}

function drawBar(degree: number, thousands: number, width: number, colour: string): string {
  const height = thousands * PIXELS_PER_THOUSAND
  if (height < 1) return ''
  const x = CENTRE_X + degree * PIXELS_PER_DEGREE - width / 2
  const radius = Math.min(width / 2, height)
  return `<path fill="${colour}" d="M${x.toFixed(1)} ${BASELINE_Y}v${(radius - height).toFixed(1)}q0 ${-radius} ${width / 2} ${-radius}t${width / 2} ${radius}V${BASELINE_Y}z"/>`
}

function drawRule(thousands: number): string {
  const y = BASELINE_Y - thousands * PIXELS_PER_THOUSAND
  return `<path d="M100 ${y}H1500" stroke="${RULE}" stroke-width="2"/>`
}

function drawTick(degree: number): string {
  const x = CENTRE_X + degree * PIXELS_PER_DEGREE
  const label = { x, y: BASELINE_Y + 34, heightPixels: 24, colour: INK, anchor: 'middle' } as const
  return `<path d="M${x} ${BASELINE_Y}v14" stroke="${INK}" stroke-width="4" stroke-linecap="round"/>${drawLetters(`${Math.abs(degree)}°`, label)}`
}

function drawLegend(x: number, text: string, colour: string): string {
  return `<rect x="${x}" y="96" width="26" height="26" rx="8" fill="${colour}"/>${drawLetters(text, { x: x + 40, y: 99, heightPixels: 20, colour: INK })}`
}

function drawLabel(text: string, degree: number, y: number): string {
  const x = CENTRE_X + degree * PIXELS_PER_DEGREE
  return drawLetters(text, { x, y, heightPixels: 18, colour: INK, anchor: 'middle' })
}
