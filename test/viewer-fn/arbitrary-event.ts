import fc from 'fast-check'
import { formatVariant } from '../../grammar/variant.ts'
import { arbitraryVariant, arbitraryWish } from '../grammar/arbitrary-request.ts'
import { arbitrarySpelling, plain, spellUrl } from '../grammar/arbitrary-spelling.ts'
import { makeEventOf, type SentEvent } from './make-event.ts'

const requestUrl = fc.oneof(
  arbitraryWish.map((wish) => spellUrl(wish, plain)),
  fc.tuple(arbitraryWish, arbitrarySpelling).map(([wish, spelling]) => spellUrl(wish, spelling)),
)

const canonicalUrl = arbitraryVariant.map((variant) => {
  const { path, query } = formatVariant(variant)
  return `${path}?${query}`
})

const edit = fc.tuple(
  fc.nat(),
  fc.nat({ max: 3 }),
  fc.constantFrom(
    ...['', '0', '9', '-', '%', '%0A', '%00', '&', '=', '+', '/', '//', '..', '.', '~', '~2F', '#', 'A'],
    // Of raw characters only those that are one UTF-16 unit: where a quotation is cut is compared elsewhere.
    ...['&rev=1', 'rev=1&', '&w=', '%2F', '%C3%A9', '%ED%A0%80', '%C0%80', '%F0%9F%A6%8A', 'é'],
  ),
)

/** A URL that is nearly right: letters taken out and put in. */
const editedUrl = fc
  .tuple(fc.oneof(requestUrl, canonicalUrl), fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([url, edits]) => {
    let edited = [...url]
    for (const [place, taken, put] of edits) {
      const start = place % (edited.length + 1)
      edited = [...edited.slice(0, start), ...put, ...edited.slice(start + taken)]
    }
    return edited.join('')
  })

/** A URL with a parameter too many. */
const extendedUrl = fc
  .tuple(
    requestUrl,
    fc.constantFrom('w=1&W=2', 'w=1&h=2&ar=3-4', 'dpr=2', 'KEY=y', 'q=', 'f=webp&%66=%', 'rev=1'),
  )
  .map(([url, added]) => `${url}&${added}`)

const accept = fc.oneof(
  fc.constantFrom(
    'image/jxl,image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
    'image/webp,*/*',
    'image/png,image/*;q=0.8,*/*;q=0.5',
    'image/avif;q=0.5,image/webp;q=0.9',
    '',
  ),
  fc.string({
    unit: fc.constantFrom('image/', 'avif', 'WebP', '*', ',', ';', 'q=', '0', '.5', '1', ' ', '"', '\t'),
  }),
)

const hint = fc.oneof(
  fc.constantFrom('1', '2', '2.625', '0', '-1', '', 'x', '400', '1e3', '99999999'),
  accept,
)

const header = fc.oneof(
  fc.tuple(fc.constant('accept'), accept),
  fc.tuple(fc.constantFrom('sec-ch-dpr', 'sec-ch-width', 'sec-ch-viewport-width'), hint),
  fc.tuple(fc.constantFrom('save-data', 'ect'), fc.constantFrom('on', 'off', '2g', 'slow-2g', '4g', '')),
  fc.tuple(
    fc.constantFrom('cloudfront-is-mobile-viewer', 'cloudfront-is-tablet-viewer'),
    fc.constantFrom('true', 'false'),
  ),
  fc.tuple(fc.constantFrom('host', 'user-agent', '__proto__', 'x-any'), accept),
)

/**
 * Events as CloudFront may send them, of well-formed text alone: requests and canonical URLs, in any spelling, and
 * either with mistakes.
 */
export const arbitraryEvent: fc.Arbitrary<SentEvent> = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: requestUrl },
      { weight: 1, arbitrary: canonicalUrl },
      { weight: 3, arbitrary: editedUrl },
      { weight: 1, arbitrary: extendedUrl },
    ),
    fc.array(header, { maxLength: 5 }),
  )
  .map(([url, headers]) => makeEventOf(url, headers))

/**
 * Counts what the answers in `results` (JSON) are: rewritten requests by `request`, refusals by their code, faults of
 * the function by `failure`.
 */
export function countAnswers(results: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const result of results) {
    const answer = JSON.parse(result)
    const code: string | undefined = answer.headers?.['x-fovea-error']?.value
    const name = answer.failure ? 'failure' : (code ?? (answer.statusCode ? 'explained' : 'request'))
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
