import sharp from 'sharp'
import { seededRandom } from './grain.ts'

const FRAME_COUNT = 20
const FRAME_MS = 90
/** Side of the picture in pixels. */
const SIZE = 480
const IRIS_RADIUS = 190
const FIBRE_COUNT = 220

interface Fibre {
  angle: number
  colour: string
  widthPixels: number
  /** Where the fibre ends, as a share of the way from the pupil to the rim. */
  reach: number
  bend: number
}

/** Returns a looping GIF of an iris that opens and closes as if it breathed. */
export async function drawIris(): Promise<Buffer> {
  const fibres = growFibres()
  const frames = await Promise.all(
    Array.from({ length: FRAME_COUNT }, (_, frame) => {
      const phase = (frame / FRAME_COUNT) * 2 * Math.PI
      const pupilRadius = 68 - 24 * Math.cos(phase)
      return sharp(Buffer.from(drawFrame(fibres, pupilRadius)))
        .removeAlpha()
        .png({ compressionLevel: 1 })
        .toBuffer()
    }),
  )
  return sharp(frames, { join: { animated: true } })
    .gif({
      delay: Array(FRAME_COUNT).fill(FRAME_MS),
      loop: 0,
      effort: 3,
      dither: 0.25,
      interFrameMaxError: 4,
    })
    .toBuffer()
}

function growFibres(): Fibre[] {
  const random = seededRandom(2718)
  const colours = ['#0f5c63', '#17838a', '#2aa7a3', '#6fd0bd', '#b8ecd2', '#0b3f4c'] as const
  return Array.from({ length: FIBRE_COUNT }, (_, i) => ({
    angle: ((i + random() * 0.9) / FIBRE_COUNT) * 2 * Math.PI,
    colour: colours[Math.floor(random() * colours.length)] ?? colours[0],
    widthPixels: 1.2 + random() * 2.6,
    reach: 0.55 + random() * 0.43,
    bend: (random() - 0.5) * 0.16,
  }))
}

function drawFrame(fibres: readonly Fibre[], pupilRadius: number): string {
  const collarette = pupilRadius + (IRIS_RADIUS - pupilRadius) * 0.3
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="-240 -240 480 480">
    <defs>
      <radialGradient id="iris" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="${IRIS_RADIUS}">
        <stop offset="${(pupilRadius / IRIS_RADIUS).toFixed(3)}" stop-color="#e58a34"/>
        <stop offset="${(collarette / IRIS_RADIUS).toFixed(3)}" stop-color="#3aa394"/>
        <stop offset=".82" stop-color="#136a75"/><stop offset="1" stop-color="#072a3a"/>
      </radialGradient>
      <radialGradient id="rim" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="${IRIS_RADIUS + 6}">
        <stop offset=".8" stop-color="#051722" stop-opacity="0"/><stop offset="1" stop-color="#051722" stop-opacity=".92"/>
      </radialGradient>
    </defs>
    <rect x="-240" y="-240" width="480" height="480" fill="#faf6ee"/>
    <circle r="${IRIS_RADIUS + 6}" fill="url(#iris)"/>
    <g fill="none" stroke-linecap="round" stroke-opacity=".62">${fibres.map((fibre) => drawFibre(fibre, pupilRadius)).join('')}</g>
    <circle r="${IRIS_RADIUS + 6}" fill="url(#rim)"/>
    <circle r="${pupilRadius.toFixed(2)}" fill="#060d15"/>
    <ellipse cx="-66" cy="-76" rx="27" ry="19" transform="rotate(-40 -66 -76)" fill="#fff" fill-opacity=".9"/>
    <circle cx="-26" cy="-96" r="7" fill="#fff" fill-opacity=".75"/>
    <path d="M44 108a118 118 0 0 0 64-62" fill="none" stroke="#fff" stroke-opacity=".16" stroke-width="16" stroke-linecap="round"/>
  </svg>`
}

/** Draws one fibre from the pupil's edge outwards; it slackens into a curve as the pupil opens. */
function drawFibre({ angle, colour, widthPixels, reach, bend }: Fibre, pupilRadius: number): string {
  const end = pupilRadius + (IRIS_RADIUS - pupilRadius) * reach
  const slack = bend * (pupilRadius / 60)
  const from = pointAt(angle, pupilRadius - 2)
  const through = pointAt(angle + slack, (pupilRadius + end) / 2)
  return `<path d="M${from}Q${through} ${pointAt(angle, end)}" stroke="${colour}" stroke-width="${widthPixels.toFixed(1)}"/>`
}

function pointAt(angle: number, radius: number): string {
  return `${(Math.cos(angle) * radius).toFixed(1)} ${(Math.sin(angle) * radius).toFixed(1)}`
}
