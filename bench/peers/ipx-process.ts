import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { PeerRequest } from './cells.ts'
import { servePeer } from './serve-peer.ts'

// ipx as its documentation calls it, over files. The argument: the folder that it is installed in.

const [, , folder = ''] = process.argv
const requireThere = createRequire(join(folder, 'package.json'))
const { createIPX, ipxFSStorage }: Ipx = requireThere('ipx')
requireThere('sharp').concurrency(1)

/** The part of ipx that is used. */
interface Ipx {
  ipxFSStorage(options: { dir: string }): unknown
  createIPX(options: {
    storage: unknown
  }): (
    id: string,
    modifiers: Readonly<Record<string, string>>,
  ) => { process(): Promise<{ data: Uint8Array }> }
}

const services = new Map<string, ReturnType<Ipx['createIPX']>>()

servePeer(async ({ file, width, format, moving }: PeerRequest) => {
  const dir = dirname(file)
  const ipx = services.get(dir) ?? createIPX({ storage: ipxFSStorage({ dir }) })
  services.set(dir, ipx)
  const modifiers = { width: String(width), format, ...(moving && { animated: '' }) }
  return (await ipx(basename(file), modifiers).process()).data
})
