import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { PeerRequest } from './cells.ts'
import { servePeer } from './serve-peer.ts'

// The floor: what is left of all of them without the rest. Quality, effort and all else are sharp's own.

sharp.concurrency(1)

servePeer(async ({ file, width, format, moving }: PeerRequest) =>
  sharp(await readFile(file), { animated: moving })
    .autoOrient()
    .resize(width, undefined, { withoutEnlargement: true })
    .toFormat(format)
    .toBuffer(),
)
