/** CloudFront's API of the values of a KeyValueStore (service `cloudfront-keyvaluestore`), for the stores of the template. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { maxBodyBytes, readBody } from '../read-body.ts'
import type { Credentials } from '../signature-v4.ts'
import { readTarget } from '../signed-request.ts'
import { type Answer, answerError } from './answer.ts'
import { type Operation, runOperation } from './operations.ts'
import { deriveVerifyingKey, findSignatureFault } from './signature-v4a.ts'
import type { Store } from './store.ts'

export interface KeyValueStoreEndpointOptions {
  /** The store of an ARN, at this moment. */
  findStore(arn: string): Store | undefined
  credentials: Credentials
  /** The clock, in epoch milliseconds. */
  now: () => number
}

export interface KeyValueStoreEndpoint {
  /** Starts on a free port of 127.0.0.1 and returns `http://localhost:PORT`: the client puts an account id in front of the host. */
  listen(): Promise<string>
  /** Stops at once. */
  close(): Promise<void>
}

/** Creates the endpoint; nothing is bound before `listen`. */
export function createKeyValueStoreEndpoint(options: KeyValueStoreEndpointOptions): KeyValueStoreEndpoint {
  const { findStore, credentials, now } = options
  const key = deriveVerifyingKey(credentials)
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { method = '', url = '', headers } = request
    const body = await readBody(request)
    if (!body) return answerError('ValidationException', `A body has at most ${maxBodyBytes} bytes.`)
    // Before anything that depends on the stores: strangers learn nothing about what exists.
    const fault = await findSignatureFault({ method, url, headers }, body, {
      accessKeyId: credentials.accessKeyId,
      key,
      service: 'cloudfront-keyvaluestore',
      now: now(),
    })
    if (fault !== undefined) return answerError('AccessDeniedException', fault)
    const path = readPath(url)
    if (!path) return answerError('UnknownOperationException', 'There is no such operation.')
    const store = findStore(path.arn)
    if (!store) return answerError('ResourceNotFoundException', `No key value store ${path.arn}.`)
    const { target, query } = path
    return runOperation({ store, method, target, query, ifMatch: headers['if-match'], body, now: now() })
  }
  const server = createServer((request, response) => {
    answer(request)
      .catch((error: unknown) => {
        // Neither request nor body is logged: they hold secrets.
        process.stderr.write(`key-value-store: ${error instanceof Error ? error.stack : String(error)}\n`)
        return answerError('InternalServerException', 'The local edge failed, see its terminal.')
      })
      .then((each) => send(response, each, now()))
  })
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        // Loopback only: the values are secrets.
        server.listen(0, '127.0.0.1', () =>
          resolve(`http://localhost:${(server.address() as AddressInfo).port}`),
        )
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Reads `/key-value-stores/{KvsARN}[/keys[/{Key}]]`, ARN and key percent-encoded, their slashes too. */
function readPath(url: string): (Pick<Operation, 'target' | 'query'> & { arn: string }) | undefined {
  const parts = readTarget(url)
  const match = /^\/key-value-stores\/([^/]+)(?:\/(keys)(?:\/([^/]+))?)?$/.exec(parts?.path ?? '')
  if (!parts || !match) return undefined
  const [, arn = '', keys, key] = match
  const target = key !== undefined ? { key: decodeURIComponent(key) } : keys ? 'keys' : 'store'
  return { arn: decodeURIComponent(arn), target, query: parts.query }
}

function send(response: ServerResponse, { status, headers, body }: Answer, now: number): void {
  response.sendDate = false
  // The SDK corrects its own clock by this header, so it must show the clock that signatures are held against.
  response.writeHead(status, {
    ...headers,
    date: new Date(now).toUTCString(),
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}
