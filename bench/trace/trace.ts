import { seededRandom } from '../../edge/samples/grain.ts'
import { createZipf } from './choose.ts'
import { drawQuery } from './pages.ts'
import type { Intent, TraceRequest } from './request.ts'
import { floodTime, saleOriginals, saleTime, shares } from './shares.ts'
import { createTraceSigner, forgeSignature, writePath } from './signing.ts'
import { type SigningKey, signingKey, traceHost, traceKey, traceStartMs } from './site.ts'
import { drawViewer } from './viewers.ts'

/** What of a trace can be chosen. All else is in `shares.ts`. */
export interface TraceOptions {
  requests: number
  originals: number
  /** Seconds over which the requests are spread. Default a day. */
  seconds?: number
  /** The same seed gives the same trace. Default 1. */
  seed?: number
  /** Share of the requests of the sale. Default `shares.flashSale`. */
  sale?: number
  /** New originals of the sale. Default `saleOriginals` of all. */
  newOriginals?: number
  /** Share of the requests for keys that a scanner guesses. Default 0. */
  flood?: number
  /** When the trace begins, in epoch milliseconds, for signatures and their ends. Default {@link traceStartMs}. */
  startMs?: number
  /** Undefined: nothing is signed, and forgers go on. Default the key of the trace. */
  signingKey?: SigningKey | undefined
  /** The key of an original by its number. Default {@link traceKey}. */
  keyOf?: (original: number) => string
}

/** Plays a trace: requests in the order of their time, one by one, the same ones for the same options. */
export function* playTrace(options: TraceOptions): Generator<TraceRequest> {
  const {
    requests,
    originals,
    seconds = 86_400,
    seed = 1,
    sale = shares.flashSale.value,
    flood = 0,
  } = options
  const random = seededRandom(seed)
  // Of its own, so that a trace without a flood is what it is without this.
  const scanner = seededRandom(seed + 1)
  const usual = createZipf(originals, shares.zipfExponent.value)
  const fresh = options.newOriginals ?? Math.max(1, Math.round(originals * saleOriginals))
  const ofSale = createZipf(fresh, shares.zipfExponent.value)
  const draw = createDrawing(random, options)
  const [from, to] = floodTime
  for (const atShare of drawTimes(requests, sale, random)) {
    const atMs = Math.floor(atShare.at * seconds * 1000)
    const scans = atShare.at >= from && atShare.at < to && scanner() < flood / ((1 - sale) * (to - from))
    if (scans) {
      yield drawScan(scanner, atMs)
      continue
    }
    const original = atShare.sale ? originals + ofSale(random()) : usual(random())
    yield draw(atMs, original, atShare.sale)
  }
}

/** A key that nobody has, from a list that scanners have: each is asked for once. */
function drawScan(random: () => number, atMs: number): TraceRequest {
  const number = Math.floor(random() * 1e9).toString(36)
  return {
    atMs,
    intent: 'missing',
    path: `/${random() < 0.5 ? 'wp-content/uploads' : 'backup'}/${number}.jpg`,
    query: 'width=640',
    headers: { host: traceHost, accept: '*/*', 'cloudfront-is-desktop-viewer': 'true' },
    original: -1,
    sale: false,
  }
}

interface Moment {
  /** 0–1. */
  at: number
  sale: boolean
}

/** Evenly through the time, the sale's requests within its own. */
function* drawTimes(requests: number, sale: number, random: () => number): Generator<Moment> {
  const [from, to] = saleTime
  // Of what comes while the sale is on, so many are its own.
  const perShare = requests * (1 - sale)
  const share = (requests * sale) / (perShare * (to - from) + requests * sale)
  const [before, during] = [Math.round(perShare * from), Math.round(perShare * (to - from) + requests * sale)]
  for (let at = 0; at < requests; at++) {
    if (at < before) yield { at: (at / before) * from, sale: false }
    else if (at < before + during) {
      yield { at: from + ((at - before) / during) * (to - from), sale: random() < share }
    } else yield { at: to + ((at - before - during) / (requests - before - during)) * (1 - to), sale: false }
  }
}

type Draw = (atMs: number, original: number, sale: boolean) => TraceRequest

function createDrawing(random: () => number, options: TraceOptions): Draw {
  const { startMs = traceStartMs, keyOf = traceKey } = options
  const key = 'signingKey' in options ? options.signingKey : signingKey
  const sign = key && createTraceSigner(key, startMs)
  const forgedEnd = `exp=${Math.floor(startMs / 1000) + 90_000}&kid=${(key ?? signingKey).kid}`
  return (atMs, original, sale) => {
    const intent = drawIntent(random())
    const page = intent === 'hotlink' ? 'https://others.example/' : 'https://www.shop.example/'
    const viewer = drawViewer(random, traceHost, page)
    // By a hash, so that an original has the same site, and its template, in every run.
    const { query } = drawQuery(random, viewer, ((original * 2654435761) % 4294967296) / 4294967296)
    const [signed, tracked, busted, number] = [random(), random(), random(), random()]
    const name = intent === 'missing' ? `deleted/item-${Math.floor(number * 1e6)}.jpg` : keyOf(original)
    const proven =
      intent === 'forged'
        ? `${query}&${forgedEnd}&sig=${forgeSignature(random)}`
        : sign && signed < shares.signed.value
          ? sign(name, query, atMs)
          : query
    return {
      atMs,
      intent,
      path: writePath(name),
      query: [
        intent === 'invalid' ? 'width=NaN' : proven,
        ...(tracked < shares.tracked.value ? [drawTracking(number)] : []),
        ...(busted < shares.cacheBusted.value ? [`_=${startMs + atMs}${Math.floor(number * 1000)}`] : []),
      ].join('&'),
      headers: viewer.headers,
      original: intent === 'missing' ? -1 : original,
      sale,
    }
  }
}

function drawIntent(at: number): Intent {
  const { hotlinked, forged, missing, invalid } = shares
  if (at < hotlinked.value) return 'hotlink'
  if (at < hotlinked.value + forged.value) return 'forged'
  if (at < hotlinked.value + forged.value + missing.value) return 'missing'
  if (at < hotlinked.value + forged.value + missing.value + invalid.value) return 'invalid'
  return 'picture'
}

/** What campaigns add. Click ids are new on every click; campaigns have few names. */
function drawTracking(at: number): string {
  if (at < 0.5) return `utm_source=${at < 0.2 ? 'newsletter' : 'social'}&utm_campaign=c${Math.floor(at * 40)}`
  return `${at < 0.8 ? 'fbclid=IwAR' : 'gclid=Cj0K'}${Math.floor(at * 1e12).toString(36)}`
}
