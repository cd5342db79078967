import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// The yardstick: Node's HTTP server with one answer in memory and no decision to take. Takes headers and body, sends
// its port.

/** What Node writes by itself, once for every connection or answer. */
const ownHeaders = ['connection', 'date', 'keep-alive', 'transfer-encoding']

process.once('message', ({ headers, body }: { headers: string[]; body: Uint8Array }) => {
  const kept = headers.filter((_each, index) => {
    const name = headers[index - (index % 2)] ?? ''
    return !ownHeaders.includes(name.toLowerCase())
  })
  const server = createServer((_request, response) => {
    response.writeHead(200, kept)
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
  process.once('disconnect', () => process.exit())
})
