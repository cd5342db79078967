// What the trace is made of, each number with its source. "Assumed" is said where no published figure was found: change it
// here and run the benches again. The trace is cold: its first request of everything is a miss.

/** A number of the trace. */
export interface Share {
  value: number
  /** What it is a share of, or its unit. */
  of: string
  /** A publication, or `assumed` with the reason. */
  source: string
}

export const shares = {
  zipfExponent: {
    value: 0.8,
    of: 'exponent of the popularity of originals',
    source:
      'Breslau et al., "Web Caching and Zipf-like Distributions", INFOCOM 1999: 0.64–0.83 in six traces of web caches; a shop or a feed is more concentrated, which would help every key',
  },
  handwritten: {
    value: 0.25,
    of: 'requests for pictures, whose URL no component wrote',
    source:
      'assumed: the Web Almanac 2020 (HTTP Archive) finds srcset on 26.5 % of all pages, but who deploys an image pipeline does so for it',
  },
  scripted: {
    value: 0.04,
    of: 'requests for pictures, whose width a script took from the layout: any whole number',
    source: 'assumed: lazy-loading scripts that ask for clientWidth × devicePixelRatio',
  },
  signed: {
    value: 0.1,
    of: 'requests for pictures that carry a signature',
    source: 'assumed: pictures of logged-in pages, sizes outside the ladder',
  },
  tracked: {
    value: 0.03,
    of: 'requests for pictures with utm_*, fbclid or gclid',
    source:
      'assumed: shared and advertised picture URLs (og:image, feeds, mails) get them; pictures in pages do not',
  },
  cacheBusted: {
    value: 0.01,
    of: 'requests for pictures with a timestamp or random number',
    source: 'assumed: scripts and native apps that wrote `_=…` once and kept it',
  },
  hints: {
    value: 0.3,
    of: "Chromium's requests with Sec-CH-*: of pages that delegate them",
    source: 'assumed: they must be delegated to an image host by Permissions-Policy',
  },
  saveData: {
    value: 0.017,
    of: "Chromium's requests on phones with Save-Data: on",
    source:
      'DebugBear, "How Many Websites Support The Save-Data Header?": 1.7 % of 12,000 page views of their site; T. Kadlec 4 % in 2019; up to 20 % in India and Brazil (Shopify)',
  },
  corsOrigin: {
    value: 0.05,
    of: 'requests for pictures with Origin: crossorigin images, fetch, canvas',
    source: 'assumed',
  },
  hotlinked: {
    value: 0.03,
    of: 'all requests, whose Referer is a page of others',
    source: 'assumed',
  },
  forged: {
    value: 0.005,
    of: 'all requests, with a signature that is wrong or of other parameters',
    source: 'assumed: someone tries',
  },
  missing: {
    value: 0.01,
    of: 'all requests, for keys that no original has',
    source: 'assumed: deleted products, typing errors, scanners',
  },
  invalid: {
    value: 0.003,
    of: 'all requests, with a value that nothing can mean (width=0, width=NaN)',
    source: 'assumed: `width=NaN` is what scripts write',
  },
  flashSale: {
    value: 0.08,
    of: 'all requests, of a sale: new originals, within a fortieth of the time',
    source: 'assumed: three times the usual rate, nearly all of it on what is new',
  },
  flooded: {
    value: 0.03,
    of: 'all requests of `bench:load` alone: keys that a scanner guesses, within a twentieth of the time',
    source: 'assumed: one scanner at about the rate of all other viewers, once in a while',
  },
} as const satisfies Record<string, Share>

/** New originals of the sale, as a share of all originals. */
export const saleOriginals = 0.0025

/** Where the sale begins and ends, as shares of the trace's time. */
export const saleTime = [0.6, 0.625] as const

/** Where a flood of missing keys begins and ends, as shares of the trace's time. */
export const floodTime = [0.3, 0.35] as const

/** The table for people: share, of what, source. */
export function listShares(): string[][] {
  return Object.entries<Share>(shares).map(([name, { value, of, source }]) => [
    name,
    String(value),
    of,
    source,
  ])
}
