import sharp, { type Sharp } from 'sharp'
import { drawSvg } from './drawing.ts'

/** Pixels of the scene. */
export const sceneSize = { width: 192, height: 128 }

/** Pixels of the frame of one colour around a framed scene. */
export const frameSide = 10

/**
 * A house on a hill under the sun: flat colours and gradients, hard and soft edges, fine detail at one side, no part like
 * its mirror image. Without a sky where `cutOut`.
 */
export function drawScene(cutOut = false): string {
  const sky = cutOut ? '' : '<rect width="192" height="128" fill="url(#sky)"/>'
  const fence = Array.from({ length: 14 }, (_, index) => `<path d="M${6 + index * 5} 96v16" stroke="#fff"/>`)
  return `<defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop stop-color="#3d7fc4"/><stop offset="1" stop-color="#f3d9b1"/></linearGradient>
    <linearGradient id="hill"><stop stop-color="#2f6b3c"/><stop offset="1" stop-color="#a9c25d"/></linearGradient>
    <radialGradient id="sun"><stop stop-color="#fff6c8"/><stop offset=".6" stop-color="#ffd24a"/><stop offset="1" stop-color="#ff9b3d"/></radialGradient>
  </defs>${sky}
  <circle cx="150" cy="30" r="20" fill="url(#sun)"/>
  <path d="M0 84Q40 50 92 74T192 66V128H0z" fill="#5f7f9c"/>
  <path d="M0 100Q70 66 192 104V128H0z" fill="url(#hill)"/>
  <path d="M70 62h40v34h-40z" fill="#e8dcc8"/><path d="M64 64l26-24 26 24z" fill="#b8322a"/>
  <path d="M78 74h10v22h-10z" fill="#4a3020"/><path d="M96 72h9v9h-9z" fill="#234a7a"/>
  <path d="M140 110v-22h4v22z" fill="#4a3020"/><circle cx="142" cy="82" r="11" fill="#1f5a35"/>
  ${fence.join('')}<path d="M4 101h72M4 107h72" stroke="#fff" stroke-width=".8"/>`
}

/** The scene in its pixels, or in a frame of one colour around them. */
export function makeScene({ cutOut = false, framed = false } = {}): Sharp {
  const { width, height } = sceneSize
  const picture = sharp(drawSvg(`width="${width}" height="${height}"`, drawScene(cutOut)))
  if (!framed) return cutOut ? picture : picture.removeAlpha()
  const frame = { top: frameSide, bottom: frameSide, left: frameSide, right: frameSide }
  return picture.removeAlpha().extend({ ...frame, background: '#f5efe0' })
}
