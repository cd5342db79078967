import { decode as decodeBlurhash } from 'blurhash'
import sharp from 'sharp'
import { thumbHashToRGBA } from 'thumbhash'
import { type Example, viewers } from '../docs/examples.ts'
import { computeOutcome } from '../docs/outcome.ts'
import { createHandler, type Handler } from '../transformer/handler.ts'
import { readSettings } from '../transformer/settings.ts'
import { TransformError } from '../transformer/transform-error.ts'
import { overlaysPrefix, type Pictures } from './originals.ts'

/** An example, and what was made of it. */
export interface Exhibit {
  example: Example
  /** The key of its original. */
  key: string
  canonical: string
  /** `image/avif`, … */
  type: string
  body: Buffer
  /** Of the picture, in pixels; of the original where there is none. */
  width: number
  height: number
  /** What the transformer says it took. */
  milliseconds: number
  /** What a browser is told to save it as. */
  disposition?: string
  /** A text that is a placeholder, drawn: a PNG. */
  preview?: Buffer
}

/** Runs an example as CloudFront would: the grammar, then the transformer's handler. */
export type Exhibitor = (example: Example) => Promise<Exhibit>

/** An exhibitor over `pictures`. */
export function createExhibitor(pictures: Pictures): Exhibitor {
  const find = (key: string) => {
    const bytes = pictures[key]
    if (!bytes) throw new TransformError('missing', 'the key of an original', key)
    return { bytes, etag: '"gallery"' }
  }
  const originals = { read: async (key: string) => find(key), describe: async (key: string) => find(key) }
  const settings = readSettings({ IMAGE_BUCKET: 'gallery', FOVEA_OVERLAYS: overlaysPrefix })
  const handler = createHandler({ settings, originals })
  return (example) => exhibit(example, handler)
}

async function exhibit(example: Example, handler: Handler): Promise<Exhibit> {
  const { request, viewer = 'AVIF viewer' } = example
  const outcome = computeOutcome(request, viewers[viewer])
  if ('rejection' in outcome) throw fail(request, JSON.stringify(outcome.rejection))
  const { canonical } = outcome
  const [rawPath = '', rawQueryString = ''] = canonical.split('?')
  const event = { rawPath, rawQueryString, headers: {}, requestContext: { http: { method: 'GET' } } }
  const result = await handler(event, { getRemainingTimeInMillis: () => 60_000 })
  if (result.statusCode !== 200) throw fail(request, result.body)
  const { headers } = result
  const body = Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8')
  const told = (pattern: RegExp, header: string) => Number(pattern.exec(headers[header] ?? '')?.[1] ?? 0)
  const type = headers['content-type']?.split(';')[0] ?? ''
  return {
    example,
    key: decodeURIComponent(rawPath.slice(1).replaceAll('~', '%')),
    canonical,
    type,
    body,
    width: told(/\bwidth=(\d+)/, 'x-fovea-variant'),
    height: told(/\bheight=(\d+)/, 'x-fovea-variant'),
    milliseconds: told(/total;dur=([\d.]+)/, 'server-timing'),
    disposition: headers['content-disposition'],
    preview: await preview(canonical, body.toString()),
  }
}

function fail(request: string, received: string): Error {
  return new Error(`expected a picture of ${request} but received ${received}`)
}

/** Pixels across that a BlurHash is drawn at: it holds no more. */
const previewWidth = 32

async function preview(canonical: string, text: string): Promise<Buffer | undefined> {
  const format = /format=(thumbhash|blurhash)/.exec(canonical)?.[1]
  if (format === undefined) return undefined
  if (format === 'blurhash') {
    const height = (previewWidth * 3) / 4
    return toPng(decodeBlurhash(text, previewWidth, height), previewWidth, height)
  }
  const { w, h, rgba } = thumbHashToRGBA(Buffer.from(text, 'base64'))
  return toPng(rgba, w, h)
}

function toPng(rgba: ArrayLike<number>, width: number, height: number): Promise<Buffer> {
  const raw = { width, height, channels: 4 } as const
  return sharp(Buffer.from(Uint8Array.from(rgba)), { raw })
    .png()
    .toBuffer()
}
