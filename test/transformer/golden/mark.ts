import type { TransformerSettings } from '../../../transformer/settings.ts'
import { drawSvg } from '../../images/drawing.ts'

/** Settings under which pictures may have the mark laid over them. */
export const markSettings: Partial<TransformerSettings> = { overlays: 'overlays/' }

/** Without an ending, which is of no account. */
export const markKey = 'overlays/mark'

/** An overlay, 64 × 40: a ring on a half transparent plate, no part like its mirror image. */
export function drawMark(): Buffer {
  return drawSvg(
    'width="64" height="40"',
    `<rect width="64" height="40" rx="8" fill="#20104080"/><circle cx="20" cy="20" r="12" fill="none" stroke="#ffe14a" stroke-width="5"/>
    <path d="M40 8h18v8H40z" fill="#fff"/><path d="M40 22h10v10z" fill="#ff4a6b"/>`,
  )
}
