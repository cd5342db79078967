/** What a unit costs. */
interface Price {
  /** US dollars. */
  readonly dollars: number
  /** For how many units. */
  readonly per: number
  readonly unit: string
  /** Whether it was read on AWS's own price page; the others come from reports and must be checked before they are quoted. */
  readonly confirmed: boolean
}

/** When these prices were read; they are those of us-east-1, and of the first 10 TB to viewers in the US and Europe. */
export const pricesReadAt = '2026-11'

/** What the parts of a deployment cost, without free allowances: CloudFront gives 1 TB, 10 M requests, 2 M function runs a month. */
export const prices = {
  edgeBytes: { dollars: 0.085, per: 1e9, unit: 'bytes to viewers', confirmed: true },
  edgeRequests: { dollars: 0.01, per: 1e4, unit: 'HTTPS requests', confirmed: true },
  edgeRuns: { dollars: 0.1, per: 1e6, unit: 'runs of an edge function', confirmed: true },
  originShield: { dollars: 0.0075, per: 1e4, unit: 'requests to Origin Shield', confirmed: false },
  storeReads: { dollars: 0.03, per: 1e6, unit: 'reads of the key value store', confirmed: false },
  runs: { dollars: 0.2, per: 1e6, unit: 'runs of the transformer', confirmed: true },
  runTime: { dollars: 0.0000133334, per: 1, unit: 'GB-seconds on arm64', confirmed: true },
  reads: { dollars: 0.0004, per: 1e3, unit: 'GETs of originals', confirmed: false },
  storage: { dollars: 0.023, per: 1e9, unit: 'bytes of originals a month (S3 Standard)', confirmed: true },
  alarmMetrics: { dollars: 0.1, per: 1, unit: 'metric of an alarm a month', confirmed: false },
  metrics: { dollars: 0.3, per: 1, unit: 'metric of our own a month', confirmed: false },
} as const satisfies Record<string, Price>

/** Returns what one unit costs, in dollars, as CloudWatch's arithmetic reads numbers: without an exponent. */
export function formatUnitPrice(name: keyof typeof prices): string {
  const { dollars, per } = prices[name]
  // Fourteen digits hold the smallest of them, a byte, to three places.
  return (dollars / per).toFixed(14).replace(/\.?0+$/, '')
}

/** Returns the prices as a table of Markdown. */
export function formatPriceTable(): string {
  const rows = Object.values<Price>(prices).map(({ dollars, per, unit, confirmed }) => {
    const amount = `$${dollars} / ${per.toLocaleString('en-GB')}`
    return `| ${unit} | ${amount} | ${confirmed ? 'yes' : 'no'} |`
  })
  return ['| of | price | confirmed |', '| --- | --- | --- |', ...rows].join('\n')
}
