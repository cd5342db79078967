import { setTimeout } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import sharp, { type OverlayOptions } from 'sharp'
import { phone, throttle } from './emulation.ts'
import { openPhone } from './visit.ts'

/** A page to film. */
export interface Strip {
  label: string
  url: string
}

/** Seconds after the navigation of which a picture is shown: narrow while much happens, wide for who waits. */
export const filmSeconds = [0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 10, 20, 40] as const

/** A picture of the screen, and when it was taken. */
export interface Frame {
  /** Seconds after the navigation. */
  at: number
  /** JPEG. */
  picture: Buffer
}

const frame = { width: 103, height: 206, gap: 6 } as const
const head = { left: 64, top: 20 } as const

/** What each of `strips` shows, side by side by time, as one WebP. Filming takes time, so nothing is measured meanwhile. */
export async function drawFilmstrip(
  browser: Browser,
  strips: readonly Strip[],
  dpr: number,
): Promise<Buffer> {
  const overlays: OverlayOptions[] = []
  for (const [row, { url }] of strips.entries()) {
    const frames = await film(browser, url, dpr)
    for (const [column, seconds] of filmSeconds.entries()) {
      const shown = chooseFrame(frames, seconds)
      if (shown)
        overlays.push({
          input: await sharp(shown.picture)
            .resize(frame.width, frame.height, { fit: 'cover', position: 'top' })
            .toBuffer(),
          left: head.left + column * (frame.width + frame.gap),
          top: head.top + row * (frame.height + frame.gap),
        })
    }
  }
  const width = head.left + filmSeconds.length * (frame.width + frame.gap)
  const height = head.top + strips.length * (frame.height + frame.gap)
  return sharp({ create: { width, height, channels: 3, background: '#d6d3d1' } })
    .composite([{ input: Buffer.from(formatLabels(strips, width, height)), left: 0, top: 0 }, ...overlays])
    .webp({ quality: 78 })
    .toBuffer()
}

/** The last frame that was there `seconds` after the navigation; undefined before the first. */
export function chooseFrame(frames: readonly Frame[], seconds: number): Frame | undefined {
  return frames.findLast(({ at }) => at <= seconds)
}

async function film(browser: Browser, url: string, dpr: number): Promise<Frame[]> {
  const { page, session } = await openPhone(browser, dpr)
  try {
    await throttle(session)
    const taken: { timestamp: number; picture: Buffer }[] = []
    session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
      taken.push({ timestamp: metadata.timestamp ?? 0, picture: Buffer.from(data, 'base64') })
      session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined)
    })
    await session.send('Page.startScreencast', {
      format: 'jpeg',
      quality: 80,
      maxWidth: phone.width,
      maxHeight: phone.height,
    })
    await page.goto(url, { waitUntil: 'commit' })
    const startedAt = Number(await page.evaluate('performance.timeOrigin')) / 1000
    await setTimeout((Math.max(...filmSeconds) + 1) * 1000)
    return taken.map(({ timestamp, picture }) => ({ at: timestamp - startedAt, picture }))
  } finally {
    await page.context().close()
  }
}

function formatLabels(strips: readonly Strip[], width: number, height: number): string {
  const times = filmSeconds.map(
    (seconds, column) =>
      `<text x="${head.left + column * (frame.width + frame.gap) + frame.width / 2}" y="14" text-anchor="middle">${seconds} s</text>`,
  )
  const names = strips.map(
    ({ label }, row) =>
      `<text x="6" y="${head.top + row * (frame.height + frame.gap) + frame.height / 2}">${label}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="13" fill="#1c1917">${times.join('')}${names.join('')}</svg>`
}
