import sharp from 'sharp'
import type { Encoder } from '../../transformer/plan/encoder.ts'
import { type Pixels, readPixels, type Scorer } from '../score.ts'

/** A picture as an encoder writes it at one quality. */
export interface Point {
  /** The encoder's own. */
  quality: number
  bytes: number
  score: number
}

/** Bytes and score of one picture in one encoder, at any quality. */
export interface Curve {
  /** Each quality is encoded once. */
  at(quality: number): Promise<Point>
  /**
   * Where the score is `score`, between whole qualities; at the ends what comes nearest.
   *
   * @param guess a quality to begin at, which saves encodings.
   */
  find(score: number, guess: number): Promise<Point>
}

/** The encoder of a quality. */
export type Encoders = (quality: number) => Encoder

/** Qualities within which the curve is taken for a line, of score and of the logarithm of bytes. */
const widest = 4

/** How far apart the first qualities tried are. */
const firstStep = 6

export function startCurve(picture: Pixels, encoders: Encoders, scorer: Scorer): Curve {
  return traceCurve((quality) => measure(picture, encoders(quality), quality, scorer))
}

/** The curve of whatever `measure` makes at a quality. */
export function traceCurve(measure: (quality: number) => Promise<Point>): Curve {
  const points = new Map<number, Promise<Point>>()
  const at = (quality: number): Promise<Point> => {
    const known = points.get(quality) ?? measure(quality)
    points.set(quality, known)
    return known
  }
  return { at, find: (score, guess) => findScore(at, score, clamp(Math.round(guess))) }
}

async function findScore(at: Curve['at'], score: number, guess: number): Promise<Point> {
  let [low, high] = [await at(guess), await at(guess)]
  for (let step = firstStep; low.score > score && low.quality > 1; step *= 2) {
    ;[low, high] = [await at(clamp(low.quality - step)), low]
  }
  for (let step = firstStep; high.score < score && high.quality < 100; step *= 2) {
    ;[low, high] = [high, await at(clamp(high.quality + step))]
  }
  while (high.quality - low.quality > widest) {
    const middle = await at(Math.round((low.quality + high.quality) / 2))
    if (middle.score < score) low = middle
    else high = middle
  }
  return interpolate(low, high, score)
}

function interpolate(low: Point, high: Point, score: number): Point {
  const share = high.score > low.score ? clamp((score - low.score) / (high.score - low.score), 0, 1) : 0
  const mix = (from: number, to: number) => from + share * (to - from)
  return {
    quality: mix(low.quality, high.quality),
    bytes: Math.exp(mix(Math.log(low.bytes), Math.log(high.bytes))),
    score: mix(low.score, high.score),
  }
}

async function measure(picture: Pixels, encoder: Encoder, quality: number, scorer: Scorer): Promise<Point> {
  const encoded = await encodePixels(picture, encoder)
  return { quality, bytes: encoded.length, score: await scorer.score(picture, await readPixels(encoded)) }
}

/** What the transformer writes of `picture`: no alpha where nothing shows through. */
export function encodePixels({ data, width, height }: Pixels, { format, options }: Encoder): Promise<Buffer> {
  const opened = sharp(data, { raw: { width, height, channels: 4 } })
  return (isOpaque(data) ? opened.removeAlpha() : opened).toFormat(format, options).toBuffer()
}

function isOpaque(rgba: Buffer): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false
  return true
}

function clamp(value: number, least = 1, most = 100): number {
  return Math.min(most, Math.max(least, value))
}
