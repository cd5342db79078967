import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An answer on its way, to be changed in place. */
export interface Passing {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  readonly asked: IncomingMessage
}

/** What a faulty deployment does otherwise than the edge behind it. */
export interface Fault {
  /** Changes what is asked. */
  ask?(headers: IncomingHttpHeaders): void
  /** Changes what is answered. */
  answer?(passing: Passing): void
}

/** A server in front of `target`, `http://localhost:PORT`, that has one fault. */
export async function serveFault(target: string, fault: Fault) {
  const server = createServer((asked, response) => {
    const headers = { ...asked.headers }
    fault.ask?.(headers)
    const onward = request(`${target}${asked.url}`, { method: asked.method, headers }, async (incoming) => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk)
      const { statusCode: status = 0, headers: answered } = incoming
      const passing = { status, headers: { ...answered }, body: Buffer.concat(chunks), asked }
      fault.answer?.(passing)
      const { connection: _, 'transfer-encoding': __, ...kept } = passing.headers
      response.writeHead(passing.status, kept)
      response.end(passing.body)
    })
    onward.on('error', () => response.destroy())
    onward.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
