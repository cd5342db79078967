import { seededRandom } from '../../edge/samples/grain.ts'
import { type Decision, type DecisionSettings, decide, examine } from '../../grammar/decide.ts'
import { defaultSettings } from '../../grammar/default-settings.ts'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { createSigner } from '../../signer/create-signer.ts'
import { createZipf } from './choose.ts'
import { drawQuery } from './pages.ts'
import type { Intent, TraceRequest } from './request.ts'
import { saleOriginals, saleTime, shares } from './shares.ts'
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
}

/** When traces begin: signatures and their ends are the same on every run. */
export const traceStartMs = Date.UTC(2026, 10, 23)

const host = 'img.example.com'

/** Of the trace alone: it protects nothing. */
const signingKey = { kid: 'trace', secret: 'a-secret-of-43-characters-that-protects-nothing' }

/** The settings of the deployment that the trace is of: the default ones, and pages of others refused. */
export const traceSettings: DecisionSettings = {
  ...defaultSettings,
  hotlinks: { pages: formatPagePattern(['shop.example', '*.shop.example']) },
}

/** What our edge function decides on `request`. */
export function decideTraced({ path, query, headers, atMs }: TraceRequest): Decision {
  const decision = examine(path, query, (traceStartMs + atMs) / 1000, traceSettings)
  const secret = decision.kid === signingKey.kid ? signingKey.secret : ''
  decide(decision, path, (name) => headers[name] ?? '', secret, traceSettings)
  return decision
}

/** The key of an original of the trace. */
export function traceKey(original: number): string {
  return `products/${String(original % 97).padStart(2, '0')}/item-${original}.jpg`
}

/** Plays a trace: requests in the order of their time, one by one, the same ones for the same options. */
export function* playTrace({
  requests,
  originals,
  seconds = 86_400,
  seed = 1,
  sale = shares.flashSale.value,
}: TraceOptions): Generator<TraceRequest> {
  const random = seededRandom(seed)
  const usual = createZipf(originals, shares.zipfExponent.value)
  const fresh = Math.max(1, Math.round(originals * saleOriginals))
  const ofSale = createZipf(fresh, shares.zipfExponent.value)
  const sign = createTraceSigner()
  for (const atShare of drawTimes(requests, sale, random)) {
    const atMs = Math.floor(atShare.at * seconds * 1000)
    const original = atShare.sale ? originals + ofSale(random()) : usual(random())
    yield drawRequest(random, atMs, original, atShare.sale, sign)
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

type Sign = (key: string, query: string, atMs: number) => string

function drawRequest(
  random: () => number,
  atMs: number,
  original: number,
  sale: boolean,
  sign: Sign,
): TraceRequest {
  const intent = drawIntent(random())
  const page = intent === 'hotlink' ? 'https://others.example/' : 'https://www.shop.example/'
  const viewer = drawViewer(random, host, page)
  // By a hash, so that an original has the same site, and its template, in every run.
  const { query } = drawQuery(random, viewer, ((original * 2654435761) % 4294967296) / 4294967296)
  const [signed, tracked, busted, number] = [random(), random(), random(), random()]
  const key = intent === 'missing' ? `deleted/item-${Math.floor(number * 1e6)}.jpg` : traceKey(original)
  const proven =
    intent === 'forged'
      ? `${query}&exp=${Math.floor(traceStartMs / 1000) + 90_000}&kid=${signingKey.kid}&sig=${forge(random)}`
      : signed < shares.signed.value
        ? sign(key, query, atMs)
        : query
  return {
    atMs,
    intent,
    path: `/${key}`,
    query: [
      intent === 'invalid' ? 'width=NaN' : proven,
      ...(tracked < shares.tracked.value ? [drawTracking(number)] : []),
      ...(busted < shares.cacheBusted.value ? [`_=${traceStartMs + atMs}${Math.floor(number * 1000)}`] : []),
    ].join('&'),
    headers: viewer.headers,
    original: intent === 'missing' ? -1 : original,
    sale,
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

function forge(random: () => number): string {
  let text = ''
  while (text.length < 43) text += Math.floor(random() * 2 ** 30).toString(36)
  return text.slice(0, 43)
}

/** Signs as a backend does whose signatures end on the hour. What a URL says is signed whatever its spelling. */
function createTraceSigner(): Sign {
  let nowMs = traceStartMs
  const signer = createSigner({ ...signingKey, baseUrl: `https://${host}`, now: () => nowMs })
  return (key, query, atMs) => {
    nowMs = traceStartMs + atMs
    const { named } = examine(`/${key}`, query, nowMs / 1000, traceSettings).request ?? { named: [] }
    const parameters = Object.fromEntries(named.map((pair) => pair.split('=') as [string, string]))
    return signer.signUrl(key, parameters).split('?')[1] ?? query
  }
}
