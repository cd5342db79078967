/** An API of AWS on this machine, as far as its operations do not matter: signatures, bodies, sending. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { maxBodyBytes, readBody } from './read-body.ts'
import { type Credentials, verifySignature } from './signature-v4.ts'

export interface ApiRequest {
  method: string
  /** Raw path and query. */
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export interface ApiAnswer {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

export interface SignedApiOptions {
  /** As signatures name it. */
  service: string
  credentials: Credentials
  /** The clock, in epoch milliseconds. */
  now: () => number
  /** Answers a request whose signature is valid. */
  answer(request: ApiRequest): ApiAnswer
  /** The service's form of an error that the caller is to blame for. */
  refuse(status: number, code: string, message: string): ApiAnswer
}

export interface SignedApi {
  /** Starts on a free port of 127.0.0.1 and returns `http://127.0.0.1:PORT`. */
  listen(): Promise<string>
  /** Stops at once. */
  close(): Promise<void>
}

/** Creates the API; nothing is bound before `listen`. */
export function createSignedApi(options: SignedApiOptions): SignedApi {
  const { service, credentials, now, refuse } = options
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request
    const answer = async (): Promise<ApiAnswer> => {
      const body = await readBody(request)
      if (!body) return refuse(413, 'RequestTooLarge', `A body has at most ${maxBodyBytes} bytes.`)
      const verdict = await verifySignature({ method, url, headers }, { credentials, service, now, body })
      if (!verdict.ok) return refuse(403, verdict.code, verdict.message)
      return options.answer({ method, url, headers, body: body.toString() })
    }
    answer().then(
      (each) => send(response, each, now()),
      (error: unknown) => {
        process.stderr.write(`${service}: ${error instanceof Error ? error.stack : String(error)}\n`)
        response.destroy()
      },
    )
  })
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        // Loopback only: it is for the processes of this machine.
        server.listen(0, '127.0.0.1', () =>
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
        )
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send(response: ServerResponse, { status, headers, body }: ApiAnswer, now: number): void {
  response.sendDate = false
  // The SDK corrects its own clock by this header, so it must show the clock that signatures are held against.
  const date = new Date(now).toUTCString()
  response.writeHead(status, { ...headers, date, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
