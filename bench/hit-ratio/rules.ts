import type { TraceRequest } from '../trace/request.ts'
import { decideTraced } from '../trace/site.ts'
import { findAsked, listAsked, writeSides } from './asked.ts'
import { normalizeAccept, snapViewportWidth } from './dynamic-image-transformation.ts'
import { chooseNextMime, findNextWidth } from './next.ts'

/** How a product tells one cached picture from another. */
export interface KeyRule {
  name: string
  /** What the key is made of, and where that is written. */
  source: string
  /** What was changed in its favour. */
  favour: string
  /** What its hits owe to making other pictures than ours. */
  caveat?: string
  /** The cache key of a request, undefined where the product refuses it without asking its cache. */
  formatKey(request: TraceRequest): string | undefined
}

/** Parameters of pictures that AWS's Lambda reads from the query, and what proves that a caller may. */
const transformationParameters = [
  'signature',
  'expires',
  'format',
  'fit',
  'width',
  'height',
  'rotate',
  'flip',
  'flop',
  'grayscale',
]

const awsNames: Readonly<Record<string, string>> = { sig: 'signature', exp: 'expires' }

/** All rules that are compared, ours first. None but ours reads the same words, so each gets our trace in its own. */
export const rules: readonly KeyRule[] = [
  {
    name: 'fovea',
    source: 'grammar/decide.ts, the canonical URL',
    favour: 'none',
    formatKey(request) {
      const { url, refusal } = decideTraced(request)
      return refusal || !url ? undefined : `${url.path}?${url.query}`
    },
  },
  {
    name: 'raw query, raw Accept',
    source: 'a cache policy with all query strings and the header Accept',
    favour: 'none',
    formatKey: ({ path, query, headers }) => `${path}?${query}|${headers.accept}`,
  },
  {
    name: 'aws-samples/image-optimization',
    source:
      'functions/url-rewrite/index.js at 8f97fad: format by includes(), quality, width, height, in this order',
    favour:
      'pages write full names, format=auto, and the second side in place of aspect, multiplied in place of dpr',
    formatKey(request) {
      const asked = writeSides(listAsked(request))
      const accept = request.headers.accept ?? ''
      const given = (findAsked(asked, 'format') ?? 'auto').toLowerCase()
      const auto = accept.includes('avif') ? 'avif' : accept.includes('webp') ? 'webp' : 'jpeg'
      const number = (name: string, most = Number.POSITIVE_INFINITY) => {
        const value = Number.parseInt(findAsked(asked, name) ?? '', 10)
        return value > 0 ? `,${name}=${Math.min(value, most)}` : ''
      }
      const format = given === 'auto' ? auto : given
      return `${request.path}/format=${format}${number('quality', 100)}${number('width')}${number('height')}`
    },
  },
  {
    name: 'AWS DIT, Lambda',
    source:
      'Dynamic Image Transformation for Amazon CloudFront, back-end-construct.ts: an allow-list of parameters, with signature and expiry, and the headers Origin and Accept',
    favour:
      'the allow-list, which drops tracking: at 4163dd9 it is all() of the query instead; full names and both sides as above',
    formatKey(request) {
      const asked = writeSides(listAsked(request))
        .map(([name, value]) => [awsNames[name] ?? name, value] as const)
        .filter(([name]) => transformationParameters.includes(name))
      const { origin = '', accept } = request.headers
      return `${request.path}?${asked.map((pair) => pair.join('=')).join('&')}|${origin}|${accept}`
    },
  },
  {
    name: 'AWS DIT, ECS',
    source:
      'the same at v8, image-processing-stack.ts and dit-header-normalization.js at a5b23a7: all of the query, dit-host, dit-accept, dit-dpr, dit-viewport-width',
    favour: "device classes are left out, since its policies do not ask for CloudFront's headers",
    formatKey(request) {
      const { host, accept = '' } = request.headers
      const format = findAsked(listAsked(request), 'format') === undefined ? normalizeAccept(accept) : ''
      const viewport = request.headers['sec-ch-viewport-width']
      const dpr = viewport && request.headers['sec-ch-dpr']
      return [
        `${request.path}?${request.query}`,
        host,
        format,
        viewport ? snapViewportWidth(Number(viewport)) : '',
        dpr ? Math.round(Number(dpr) * 10) / 10 : '',
      ].join('|')
    },
  },
  {
    name: 'Next.js',
    source:
      'image-optimizer.js of Next.js 16, validateParams and getCacheKey: href, width, quality, MIME type; other widths and qualities than configured are 400',
    favour: 'AVIF and WebP on, as ours; aspect, height and dpr, which it lacks, are left out',
    formatKey: (request) => formatNextKey(request, false),
  },
  {
    name: 'Next.js, its own component',
    source: 'the same, where next/image wrote every URL: no width but its own, quality 75',
    caveat: 'makes fewer pictures (no crop, no exact size, one quality), and so has more hits than ours',
    favour: 'every width goes up to the next of its sixteen; crops, qualities and signatures are left out',
    formatKey: (request) => formatNextKey(request, true),
  },
]

function formatNextKey(request: TraceRequest, byComponent: boolean): string | undefined {
  const asked = listAsked(request)
  const width = Number(findAsked(asked, 'width'))
  const allowed = findNextWidth(width)
  if (allowed === undefined || (!byComponent && allowed !== width)) return undefined
  const quality = findAsked(asked, 'quality') ?? '75'
  if (!byComponent && quality !== '75') return undefined
  return `${request.path}|${allowed}|75|${chooseNextMime(request.headers.accept ?? '')}`
}
