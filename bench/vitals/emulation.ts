import type { CDPSession } from 'playwright-core'

// Lighthouse's phone and slow 4G. Source: GoogleChrome/lighthouse, core/config/constants.js (mobileSlow4G,
// MOTOGPOWER_EMULATION_METRICS) and docs/throttling.md, read in 2026-11.

/** Round trip and rates of slow 4G, and how much slower a phone's processor is. */
export const slow4g = { roundTripMs: 150, downKbps: 1.6 * 1024, upKbps: 750, cpuSlowdown: 4 } as const

/** CSS pixels of the phone's screen. */
export const phone = { width: 412, height: 823 } as const

/**
 * DevTools holds requests back, not packets, so that the round trips of a connection cost nothing: Lighthouse corrects for that
 * by these factors where it throttles by DevTools.
 */
const requestLevel = { roundTrips: 3.75, throughput: 0.9 } as const

const bytesPerSecond = (kbps: number) => (kbps * 1000 * requestLevel.throughput) / 8

/** What DevTools is told: milliseconds of each request, bytes a second. */
export const requestThrottling = {
  latency: slow4g.roundTripMs * requestLevel.roundTrips,
  downloadThroughput: bytesPerSecond(slow4g.downKbps),
  uploadThroughput: bytesPerSecond(slow4g.upKbps),
} as const

/** Makes the page of `session` one of a phone in a slow network. */
export async function throttle(session: CDPSession): Promise<void> {
  await session.send('Network.emulateNetworkConditions', { offline: false, ...requestThrottling })
  await session.send('Emulation.setCPUThrottlingRate', { rate: slow4g.cpuSlowdown })
}

/** Takes both away. */
export async function unthrottle(session: CDPSession): Promise<void> {
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
}
