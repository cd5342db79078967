import { bundleScript } from '../bundle.ts'
import { startChild } from '../child.ts'
import type { PeerLap, PeerRequest } from './cells.ts'
import type { Burst, BurstFigures, PeerAsk, PeerReply } from './serve-peer.ts'

/** A process that makes variants. */
export interface PeerProcess {
  make(request: PeerRequest): Promise<PeerLap>
  burst(burst: Burst): Promise<BurstFigures>
  /** The largest resident size that it has had, with its children. */
  readPeakMegabytes(): Promise<number>
  stop(): void
}

/** Starts the TypeScript at `script`, bundled, in a process of its own: one process has one libvips. All have the same environment. */
export async function startPeer(script: string, ...args: string[]): Promise<PeerProcess> {
  const { PATH = '' } = process.env
  const environment = { PATH, NODE_ENV: 'production' }
  const file = await bundleScript(new URL(script, import.meta.url))
  const child = startChild<PeerAsk, PeerReply>(file, { environment, args })
  return {
    async make(request) {
      const reply = await child.ask({ make: request })
      if ('lap' in reply) return reply.lap
      throw new Error('expected a lap')
    },
    async burst(burst) {
      const reply = await child.ask({ burst })
      if ('burst' in reply) return reply.burst
      throw new Error('expected the figures of a burst')
    },
    async readPeakMegabytes() {
      const reply = await child.ask({ describe: true })
      if ('peakMegabytes' in reply) return reply.peakMegabytes
      throw new Error('expected a peak')
    },
    stop: child.stop,
  }
}
