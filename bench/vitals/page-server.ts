import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** A server of pages and files that runs. */
export interface PageServer {
  /** `http://localhost:PORT`. */
  url: string
  close(): void
}

/** Serves pages by their paths, and the JPEG files of `folder`, on a free port of this machine alone. */
export async function startPageServer(
  folder: string,
  pages: (path: string) => string | undefined,
): Promise<PageServer> {
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/'
    const page = pages(path)
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(page)
      return
    }
    const file = /^\/[\w/-]+\.jpg$/.test(path) ? join(folder, path) : undefined
    const found = file && (await stat(file).catch(() => undefined))
    if (!file || !found) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': 'image/jpeg',
      'content-length': found.size,
      'cache-control': 'public, max-age=86400',
    })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
