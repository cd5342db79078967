import { formatEvent, formatEventHeaders } from '../../edge/cloudfront/event.ts'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { parseRequest } from '../../grammar/request.ts'
import { computeSignature, formatSignedText } from '../../grammar/signature.ts'
import { explainToken, signingKey } from './store.ts'

/** A request that the function is measured with. */
export interface MeasuredRequest {
  name: string
  /** Its event, in JSON. */
  event: string
  /** How its answer begins: the path and query of a request, or a status and an error. A bench of wrong answers measures nothing. */
  expected: string
  /** Reads of the KeyValueStore, each of which is billed. */
  storeReads: number
  /** Settings with which the answer is the expected one, where those deployed give another. */
  settings: Partial<DecisionSettings>
}

/** What Chrome 130 sends for an `<img>` on a page of another site, besides Accept. */
const chromeHeaders = {
  host: 'd111111abcdef8.cloudfront.net',
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  accept: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'en-GB,en;q=0.9,de;q=0.8',
  'sec-ch-ua': '"Chromium";v="130", "Google Chrome";v="130", "Not?A_Brand";v="99"',
  'sec-ch-ua-mobile': '?0',
  'sec-ch-ua-platform': '"Windows"',
  'sec-fetch-dest': 'image',
  'sec-fetch-mode': 'no-cors',
  'sec-fetch-site': 'cross-site',
  referer: 'https://shop.example/',
} as const

/** What CloudFront adds of a desktop's User-Agent. */
const deviceHeaders = {
  'cloudfront-is-mobile-viewer': 'false',
  'cloudfront-is-tablet-viewer': 'false',
  'cloudfront-is-desktop-viewer': 'true',
}

/** Bytes of a key: S3's limit. */
const longestKey = 1024

/** Every letter is two bytes of UTF-8 and six characters of the path. */
const longPath = `/${'%C3%A9'.repeat(longestKey / 2)}`

/** As many parameters as go together, by alias, in another order than the canonical one, among what is not ours. */
const manyParameters = [
  'utm_source=newsletter&utm_medium=email&utm_campaign=spring&fbclid=IwAR0x&gclid=Cj0KC',
  'V=2024.10.31-abcdef_0123456789&Q=85&F=A%55to&BG=%23FfeeDD80&CROP=0.1_0.1_0.8_0.8&ENLARGE=1&G=0.33_0.67',
  'FIT=%50ad&DPR=1.5&H=%36%30%30&W=%38%30%30&__proto__=1&constructor=2&%F0%9F%A6%8A=%F0%9F%A6%8A',
].join('&')

/** An Accept of many parts with a weight each. */
const longAccept = [
  ...Array.from({ length: 12 }, (_each, index) => `image/x-type-${index};v=${index};q=0.${index}`),
  'image/webp;q=0.5,image/avif;q=0.9,*/*;q=0.1',
].join(', ')

const [chair, rewritten] = ['/products/chair.jpg', '/products/chair.jpg?rev=']
const worst = `${longPath}?${manyParameters}`

/** As deployments are by default: anyone may have what few others ask for, on any page. */
const bounded: Partial<DecisionSettings> = { access: [['', 'bounded']], hotlinks: undefined }

/** Others than the page of {@link chromeHeaders}. */
const hotlinks = {
  pages: formatPagePattern(['www.example.com', '*.example.com', 'example.net', '*.example.org']),
  strict: true,
}

/** Kinds of request apart, since each has other work, for a function with `settings`. Signatures are of this moment. */
export function listRequests(settings: DecisionSettings) {
  const { id, secret } = signingKey
  const sign = (url: string, key: string) => signUrl(url, id, key, settings)
  return [
    measured('typical', `${chair}?width=800`, rewritten),
    measured('canonical', `${chair}?rev=1&width=800&format=auto.avif`, rewritten),
    measured('signed', sign(`${chair}?width=800`, secret), rewritten, { storeReads: 1 }),
    measured('bad value', `${chair}?width=9000`, '400 bad-value'),
    measured('wrong signature', sign(`${chair}?width=800`, `${secret}?`), '403 signature-wrong', {
      storeReads: 1,
    }),
    measured('explain', `${chair}?width=800`, '200 ', {
      storeReads: 1,
      headers: { 'x-fovea-explain': explainToken },
    }),
    measured('hotlink', `${chair}?width=800`, '403 hotlink', { settings: { ...bounded, hotlinks } }),
    measured('worst', worst, '/~C3~A9~C3~A9', {
      headers: { accept: longAccept },
      settings: { ...bounded, access: [['', 'open']] },
    }),
    measured('worst signed', sign(worst, secret), '/~C3~A9~C3~A9', {
      headers: { accept: longAccept },
      storeReads: 1,
    }),
  ] as const satisfies readonly MeasuredRequest[]
}

/** Signed for as long as may be: the slowest count still runs within it. */
function signUrl(url: string, kid: string, secret: string, settings: DecisionSettings): string {
  const exp = Math.floor(Date.now() / 1000) + settings.lifetime
  const claim = `${url}&exp=${exp}&kid=${kid}`
  const [path, query] = splitUrl(claim)
  const { key, parameters } = parseRequest(path, query ?? '', Object.keys(settings.presets).join(' '))
  return `${claim}&sig=${computeSignature(secret, formatSignedText(key, parameters))}`
}

function measured<Name extends string>(
  name: Name,
  url: string,
  expected: string,
  { headers = {}, storeReads = 0, settings = bounded }: Partial<Peculiarities> = {},
): MeasuredRequest & { name: Name } {
  const [path, query] = splitUrl(url)
  const allHeaders = { ...chromeHeaders, ...headers }
  const sent = { method: 'GET', path, query, headers: allHeaders, ip: '198.51.100.11' }
  const event = JSON.parse(formatEvent(sent))
  Object.assign(event.request, JSON.parse(formatEventHeaders(allHeaders, deviceHeaders)))
  return { name, event: JSON.stringify(event), expected, storeReads, settings }
}

/** What sets a request apart from an unsigned one of Chrome. */
interface Peculiarities extends Pick<MeasuredRequest, 'storeReads' | 'settings'> {
  headers: Readonly<Record<string, string>>
}

function splitUrl(url: string): [path: string, query: string | undefined] {
  const [path = '', query] = url.split('?')
  return [path, query]
}
