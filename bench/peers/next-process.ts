import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { PeerRequest } from './cells.ts'
import { servePeer } from './serve-peer.ts'

// Next.js's image optimizer: the function that its server calls with the bytes of an original. The argument: the folder that
// it is installed in.

const [, , folder = ''] = process.argv
const requireThere = createRequire(join(folder, 'package.json'))
const { imageOptimizer }: Optimizer = requireThere('next/dist/server/image-optimizer')
const { defaultConfig }: { defaultConfig: NextConfig } = requireThere('next/dist/server/config-shared')
createRequire(requireThere.resolve('next'))('sharp').concurrency(1)

interface NextConfig {
  images: { qualities: readonly number[] }
  experimental: object
}

/** The part of Next.js that is used. */
interface Optimizer {
  imageOptimizer(
    upstream: { buffer: Buffer; etag: string; contentType: undefined; cacheControl: undefined },
    params: { href: string; width: number; quality: number; mimeType: string },
    config: NextConfig,
    options: { isDev: boolean; silent: boolean },
  ): Promise<{ buffer: Uint8Array; contentType: string; error?: unknown }>
}

// Its limit of 7 s is one of the clock, which says more of the machine's other work than of Next.js.
const config = {
  ...defaultConfig,
  experimental: { ...defaultConfig.experimental, imgOptTimeoutInSeconds: 600 },
}
const [quality = Number.NaN] = config.images.qualities

servePeer(async ({ file, width, format }: PeerRequest) => {
  const upstream = {
    buffer: await readFile(file),
    etag: file,
    contentType: undefined,
    cacheControl: undefined,
  }
  const params = { href: file, width, quality, mimeType: `image/${format}` }
  const { buffer, error } = await imageOptimizer(upstream, params, config, { isDev: false, silent: true })
  // It gives the original instead.
  if (error) throw error
  return buffer
})
