/**
 * A read-only S3 over a folder, for machines without one: GetObject, HeadObject, HeadBucket, ListObjectsV2 and RestoreObject,
 * path-style.
 */
import { randomBytes } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Credentials, verifySignature } from '../signature-v4.ts'
import { type Address, readAddress } from './address.ts'
import { type Answer, sendAnswer } from './answer.ts'
import { answerError } from './answer-error.ts'
import { answerList } from './answer-list.ts'
import { answerObject } from './answer-object.ts'
import { answerRestore } from './answer-restore.ts'
import { type Archive, createArchive } from './archive.ts'

export interface S3EndpointOptions {
  /** Every visible file in it is an object. It may change while the endpoint runs. */
  folder: string
  bucket: string
  credentials: Credentials
  /** The clock, in epoch milliseconds. */
  now: () => number
}

export interface S3Endpoint {
  /** Starts on 127.0.0.1; port 0, the default, takes a free one. `url` has no trailing slash and no bucket. */
  listen(port?: number): Promise<{ url: string; port: number }>
  /** Stops at once and breaks off answers under way. */
  close(): Promise<void>
}

/** The options, and what the endpoint remembers. */
interface Setup extends S3EndpointOptions {
  archive: Archive
}

/** Bytes that a body may have; a RestoreRequest has some hundred. */
const maxBodyBytes = 16 * 1024

/** Creates the endpoint; nothing is read or bound before `listen`. */
export function createS3Endpoint(options: S3EndpointOptions): S3Endpoint {
  const archive = createArchive(options.now)
  const server = createServer((request, response) => void serve(request, response, { ...options, archive }))
  return {
    listen: (port = 0) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        // Loopback only: the files are for this machine.
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject)
          const bound = (server.address() as AddressInfo).port
          resolve({ url: `http://127.0.0.1:${bound}`, port: bound })
        })
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(request: IncomingMessage, response: ServerResponse, options: Setup) {
  const requestId = randomBytes(8).toString('hex').toUpperCase()
  response.sendDate = false
  response.setHeader('x-amz-request-id', requestId)
  // The SDK corrects its own clock by this header, so it must show the clock that signatures are held against.
  response.setHeader('date', new Date(options.now()).toUTCString())
  const isHead = request.method === 'HEAD'
  try {
    await sendAnswer(await answer(request, requestId, options), isHead, response)
  } catch (error) {
    // The URL is not logged: a presigned one is a credential.
    console.error(`s3-endpoint: request ${requestId} failed:`, error)
    if (response.headersSent) response.destroy()
    else await sendAnswer(answerError('InternalError', { RequestId: requestId }), isHead, response)
  }
}

async function answer(request: IncomingMessage, requestId: string, options: Setup): Promise<Answer> {
  const { method = '', url = '', headers } = request
  const detail = { Resource: url.split('?')[0] ?? '', RequestId: requestId }
  const address = readAddress(url)
  const restores = method === 'POST' && address?.query.restore !== undefined && address.key !== ''
  if (method !== 'GET' && method !== 'HEAD' && !restores) return answerError('MethodNotAllowed', detail)
  const length = Number(headers['content-length'] ?? 0)
  if (headers['transfer-encoding'] !== undefined || !(length <= (restores ? maxBodyBytes : 0))) {
    return answerError('InvalidRequest', detail, 'A body is not accepted here.')
  }
  if (address === undefined) return answerError('InvalidURI', detail)
  const body = length === 0 ? '' : await text(request)

  // Before anything that depends on the folder: strangers learn nothing about what exists.
  const verdict = await verifySignature(
    { method, url, headers },
    { credentials: options.credentials, service: 's3', now: options.now, body },
  )
  if (!verdict.ok) {
    // S3 takes an unsigned request for one by an anonymous user, who has no rights.
    const code = verdict.code === 'MissingAuthenticationToken' ? 'AccessDenied' : verdict.code
    return answerError(code, detail, verdict.message)
  }
  return answerVerified(request, address, body, detail, options)
}

async function answerVerified(
  { method, headers }: IncomingMessage,
  { bucket, key, query }: Address,
  body: string,
  detail: Record<string, string>,
  options: Setup,
): Promise<Answer> {
  if (bucket === '') return answerError('NotImplemented', detail, 'Listing buckets is not implemented.')
  const root = bucket === options.bucket ? await findFolder(options.folder) : undefined
  if (root === undefined) return answerError('NoSuchBucket', { ...detail, BucketName: bucket })
  const { archive } = options
  const isHead = method === 'HEAD'
  if (method === 'POST') return answerRestore({ root, key, query, body, archive, detail })
  if (key !== '') return answerObject({ root, key, query, headers, isHead, archive, detail })
  if (isHead) return { status: 200, headers: {} }
  return answerList({ root, bucket, query, detail })
}

async function findFolder(folder: string): Promise<string | undefined> {
  try {
    return await realpath(folder)
  } catch {
    return undefined
  }
}
