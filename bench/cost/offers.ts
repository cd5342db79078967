import { defaultSettings } from '../../grammar/default-settings.ts'
import { estimateTransform } from '../trace/transform-times.ts'
import { charge } from './prices.ts'
import type { Traffic } from './traffic.ts'

/** A line of a bill: dollars a month. */
export interface BillLine {
  service: string
  dollars: number
}

/** A way to have pictures made and delivered. */
export interface Offer {
  name: string
  /** What it assumes. */
  note: string
  /** Bills a month of traffic. */
  bill(traffic: Traffic): BillLine[]
}

/** Gigabytes of the transformer: `compute.memoryMegabytes` by default. */
const lambdaGigabytes = 1769 / 1024

/** Seconds of a run besides the transform: S3's first byte and the rest, assumed; all of a run that finds no original. */
const overheadSeconds = 0.03

const hoursOfMonth = 730

/**
 * A fleet that stays as it is must do at its busiest hour this many times the mean, one that is scaled by the hour less; both at this
 * much of their processors, with one to lose. Assumed.
 */
const fleet = { fixedPeak: 4, scaledPeak: 1.5, utilisation: 0.6, least: 2, cpus: 2, gigabytes: 4 }

/** Share of the originals that are new each month, for which stored variants are made. Assumed. */
const newShare = 0.1

const deliver = (traffic: Traffic): BillLine[] => [
  { service: 'CloudFront: bytes', dollars: charge('edgeBytes', traffic.bytesToViewers) },
  { service: 'CloudFront: requests', dollars: charge('edgeRequests', traffic.requests) },
]

const keepOriginals = (traffic: Traffic): BillLine[] => [
  { service: 'S3: originals', dollars: charge('storage', traffic.originals * traffic.originalBytes) },
]

const decideAtEdge = (traffic: Traffic): BillLine[] => [
  { service: 'CloudFront: function', dollars: charge('edgeRuns', traffic.requests) },
  { service: 'CloudFront: key value store', dollars: charge('storeReads', traffic.signedRequests) },
]

/** Ours, without WAF, which is shown apart. */
const fovea: Offer = {
  name: 'Fovea',
  note: 'Lambda arm64 at 1,769 MB for the processor time measured on x86; each variant made once a month',
  bill(traffic) {
    const runs = traffic.variants + traffic.missingRequests
    const seconds = traffic.transformSeconds + runs * overheadSeconds
    return [
      ...deliver(traffic),
      ...decideAtEdge(traffic),
      { service: 'Origin Shield', dollars: charge('originShield', traffic.shieldRequests) },
      { service: 'Lambda: time', dollars: charge('runTime', seconds * lambdaGigabytes) },
      { service: 'Lambda: runs', dollars: charge('runs', runs) },
      { service: 'S3: reads', dollars: charge('reads', runs) },
      ...keepOriginals(traffic),
    ]
  },
}

/** Servers that a fleet for `peak` times the mean load needs. */
export function countServers({ transformSeconds, missingRequests }: Traffic, peak: number): number {
  const seconds = transformSeconds + missingRequests * overheadSeconds
  const busy = (seconds / (hoursOfMonth * 3600)) * peak
  return Math.max(fleet.least, Math.ceil(busy / fleet.cpus / fleet.utilisation) + 1)
}

const fleetOffer = (name: string, hourly: number, peak: number): Offer => ({
  name,
  note: `the same key and edge function in front of servers of ${fleet.cpus} vCPU, at least ${fleet.least}, for ${peak} times the mean at ${fleet.utilisation * 100} % of their processors, one to spare`,
  bill: (traffic) => [
    ...deliver(traffic),
    ...decideAtEdge(traffic),
    { service: 'Origin Shield', dollars: charge('originShield', traffic.shieldRequests) },
    { service: 'servers', dollars: countServers(traffic, peak) * hourly * hoursOfMonth },
    {
      service: 'load balancer',
      dollars: charge('loadBalancer', hoursOfMonth) + charge('loadBalancerUnits', traffic.variantBytes / 1e9),
    },
    { service: 'S3: reads', dollars: charge('reads', traffic.variants + traffic.missingRequests) },
    ...keepOriginals(traffic),
  ],
})

/** Each width of the ladder in each format, cut to nothing. */
const storedCost = defaultSettings.ladder
  .flatMap((width) => (['avif', 'webp', 'none'] as const).map((viewer) => estimateTransform(width, viewer)))
  .reduce((sum, { milliseconds, bytes }) => ({
    milliseconds: sum.milliseconds + milliseconds,
    bytes: sum.bytes + bytes,
  }))

const storedVariants = defaultSettings.ladder.length * 3

/** All offers, ours first. */
export const offers: readonly Offer[] = [
  fovea,
  fleetOffer(
    'Fargate with CloudFront',
    charge('fargateCpu', fleet.cpus) + charge('fargateMemory', fleet.gigabytes),
    fleet.fixedPeak,
  ),
  fleetOffer(
    'Fargate, scaled by the hour',
    charge('fargateCpu', fleet.cpus) + charge('fargateMemory', fleet.gigabytes),
    fleet.scaledPeak,
  ),
  fleetOffer('EC2 with CloudFront', charge('instance', 1), fleet.fixedPeak),
  {
    name: 'stored variants, CloudFront',
    note: `${storedVariants} variants of each original made by Lambda beforehand (each width of the ladder in three formats, no crops, no exact sizes), ${newShare * 100} % of the originals new each month`,
    bill: (traffic) => [
      ...deliver(traffic),
      ...decideAtEdge(traffic),
      { service: 'S3: variants', dollars: charge('storage', traffic.originals * storedCost.bytes) },
      { service: 'S3: writes', dollars: charge('writes', traffic.originals * newShare * storedVariants) },
      { service: 'S3: reads', dollars: charge('reads', traffic.shieldRequests) },
      {
        service: 'Lambda: time',
        dollars: charge(
          'runTime',
          (traffic.originals * newShare * storedCost.milliseconds * lambdaGigabytes) / 1000,
        ),
      },
      ...keepOriginals(traffic),
    ],
  },
  {
    name: 'Cloudflare Images',
    note: 'remote originals; the first 5,000 transformations are free; bytes are not billed; a plan of the zone comes on top',
    bill: (traffic) => [
      {
        service: 'transformations',
        dollars: charge('cloudflare', Math.max(0, traffic.transformations - 5000)),
      },
      ...keepOriginals(traffic),
    ],
  },
  {
    name: 'Vercel',
    note: 'transformations, cache by 8 kB, bytes, requests; the seat of a plan comes on top; no crops',
    bill: (traffic) => [
      { service: 'transformations', dollars: charge('vercelTransforms', traffic.variants) },
      { service: 'cache reads', dollars: charge('vercelReads', traffic.bytesToViewers / 8000) },
      { service: 'cache writes', dollars: charge('vercelWrites', traffic.variantBytes / 8000) },
      { service: 'bytes', dollars: charge('vercelBytes', traffic.bytesToViewers) },
      { service: 'requests', dollars: charge('vercelRequests', traffic.requests) },
      ...keepOriginals(traffic),
    ],
  },
  {
    name: 'Cloudinary',
    note: 'by credits at the price of its largest published plan, which has 600: more is by contract, and cheaper',
    bill: (traffic) => [
      { service: 'transformations', dollars: charge('cloudinary', traffic.variants / 1000) },
      { service: 'bytes', dollars: charge('cloudinary', traffic.bytesToViewers / 1e9) },
      {
        service: 'stored',
        dollars: charge(
          'cloudinary',
          (traffic.originals * traffic.originalBytes + traffic.variantBytes) / 1e9,
        ),
      },
    ],
  },
]

/** What WAF would add to any offer that has CloudFront: one web ACL with two rules. */
export function billWaf({ requests }: Traffic): BillLine[] {
  return [
    { service: 'WAF: web ACL, two rules', dollars: charge('webAcl', 1) + charge('wafRules', 2) },
    { service: 'WAF: requests', dollars: charge('wafRequests', requests) },
  ]
}

/** Dollars of all lines. */
export function sumBill(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0)
}

/** Dollars of an hour of one busy processor: Lambda has one at 1,769 MB, Fargate with as much of a server's memory. */
export const processorHour = {
  lambda: charge('runTime', 3600 * lambdaGigabytes),
  fargate: charge('fargateCpu', 1) + charge('fargateMemory', fleet.gigabytes / fleet.cpus),
}
