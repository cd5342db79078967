import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { formatVariant, simplifyVariant } from '../../grammar/variant.ts'
import { createResponder } from '../../transformer/handler.ts'
import { readSettings } from '../../transformer/settings.ts'
import type { PeerRequest } from './cells.ts'
import { servePeer } from './serve-peer.ts'

// The transformer with its defaults over files, as its rivals read them, rather than over S3.

sharp.concurrency(1)

let folder = ''
const respond = createResponder({
  settings: readSettings({ IMAGE_BUCKET: 'files' }),
  originals: {
    read: async (key) => ({ bytes: await readFile(join(folder, key)), etag: '"file"' }),
    describe: async () => ({ etag: '"file"' }),
  },
})

servePeer(async ({ file, width, format, quality }: PeerRequest) => {
  folder = dirname(file)
  const parameters = simplifyVariant({ width, format, quality })
  const { path, query } = formatVariant({ key: file.slice(folder.length + 1), parameters })
  const event = {
    rawPath: path,
    rawQueryString: query,
    headers: {},
    requestContext: { http: { method: 'GET' } },
  }
  const { answer } = await respond(event, { getRemainingTimeInMillis: () => 600_000 })
  if (answer.status === 200) return Buffer.from(answer.body)
  throw new Error(
    `${path}?${query}: expected a variant but received ${answer.status} ${answer.body.toString()}`,
  )
})
