import assert from 'node:assert/strict'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { formatVariant, simplifyVariant } from '../../grammar/variant.ts'
import type { BufferedResult } from '../../transformer/buffered-result.ts'
import type { TransformerEvent } from '../../transformer/event.ts'
import { createHandler } from '../../transformer/handler.ts'
import type { Original, Originals } from '../../transformer/original/originals.ts'
import { readSettings, type TransformerSettings } from '../../transformer/settings.ts'
import type { RunReport } from '../../transformer/telemetry/run-report.ts'
import { TransformError } from '../../transformer/transform-error.ts'
import type { VectorMaker } from '../../transformer/vector/vector-maker.ts'

/** An answer of the handler as a client sees it. */
export interface Received {
  status: number
  headers: Record<string, string>
  body: Buffer
}

export interface RunOptions {
  settings?: Partial<TransformerSettings>
  /** What Lambda says is left. Default 10 s, as deployed. */
  remainingMs?: number
  /** Instead of pictures in memory. */
  originals?: Originals
  vectors?: VectorMaker
}

/** The handler over pictures in memory, and what it was seen to do. */
export interface Transformer {
  /** The variant of `key` through CloudFront: the canonical URL, written by the grammar. */
  get(key: string, parameters: VariantParameters, headers?: Record<string, string>): Promise<Received>
  /** Any event. */
  invoke(event: TransformerEvent): Promise<BufferedResult>
  /** The pictures, which may change. */
  pictures: Record<string, Buffer | Original>
  /** What is reported of each run. */
  reports: RunReport[]
  /** The reports of failures. */
  logged: RunReport[]
  /** Keys that were read. */
  reads: string[]
}

/** The settings that a deployment has by default. */
export const settings = readSettings({ IMAGE_BUCKET: 'originals', FOVEA_FINGERPRINT: 'test' })

/** Creates the handler over `pictures`. */
export function createTransformer(
  pictures: Record<string, Buffer | Original> = {},
  options: RunOptions = {},
): Transformer {
  const reports: RunReport[] = []
  const logged: RunReport[] = []
  const reads: string[] = []
  const find = (key: string): Original => {
    const picture = pictures[key]
    if (!picture) throw new TransformError('missing', 'the key of an original', key)
    return Buffer.isBuffer(picture) ? { bytes: picture, etag: '"one"' } : picture
  }
  const inMemory: Originals = {
    async read(key) {
      reads.push(key)
      return find(key)
    },
    async describe(key) {
      const { bytes, ...description } = find(key)
      return description
    },
  }
  const handler = createHandler({
    settings: { ...settings, ...options.settings },
    originals: options.originals ?? inMemory,
    vectors: options.vectors,
    telemetry: {
      prepare() {},
      async write(report) {
        reports.push(report)
        if (report.outcome === 'failed') logged.push(report)
      },
    },
  })
  const invoke = (event: TransformerEvent) =>
    handler(event, { getRemainingTimeInMillis: () => options.remainingMs ?? 10_000 })
  return {
    get: async (key, parameters, headers) =>
      receive(await invoke(makeEvent(urlOf(key, parameters), 'GET', headers))),
    invoke,
    pictures,
    reports,
    logged,
    reads,
  }
}

/** The canonical URL of a variant. */
export function urlOf(key: string, parameters: VariantParameters): string {
  const { path, query } = formatVariant({ key, parameters: simplifyVariant(parameters) })
  return `${path}?${query}`
}

/** What a Function URL makes of a request for `url`. */
export function makeEvent(
  url: string,
  method = 'GET',
  headers: Record<string, string> = {},
): TransformerEvent {
  const [rawPath = '', rawQueryString = ''] = url.split('?')
  return { rawPath, rawQueryString, headers, requestContext: { http: { method } } }
}

/** `result` as a client sees it. */
export function receive(result: BufferedResult): Received {
  return {
    status: result.statusCode,
    headers: result.headers,
    body: Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8'),
  }
}

/** The bytes of an answer that must be an image; else its error is what the test shows. */
export function imageOf(received: Received): Buffer {
  assert.equal(received.status, 200, received.status === 200 ? '' : received.body.toString())
  return received.body
}

/** The problem that an answer tells. */
export function problemOf(received: Received): Record<string, unknown> {
  return JSON.parse(received.body.toString())
}
