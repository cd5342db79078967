import { prices as ownPrices, pricesReadAt } from '../../infra/monitoring/prices.ts'

/** What a unit costs, and who says so. */
export interface SourcedPrice {
  /** US dollars. */
  dollars: number
  /** For how many units. */
  per: number
  unit: string
  /** Who says so and when, `not read again` where it was written down from memory. */
  source: string
}

const aws = `infra/monitoring/prices.ts, ${pricesReadAt}, us-east-1`
const wafSource = 'c3x.dev, "AWS WAF cost explained", 2026'
const fargateSource = 'vantage.sh, "AWS Fargate Pricing Explained", Linux/ARM, us-east-1'
const cloudflareSource =
  'developers.cloudflare.com/images/pricing: remote images, each unique transformation once a month, formats not counted'
const vercelSource = 'vercel.com/docs/pricing/image-optimization, lowest region'

/**
 * All prices, without free allowances but those said. Those of a deployment are the dashboard's; change them there, the others here.
 */
export const prices = {
  ...(Object.fromEntries(
    Object.entries(ownPrices).map(([name, { dollars, per, unit }]) => [
      name,
      { dollars, per, unit, source: aws },
    ]),
  ) as Record<keyof typeof ownPrices, SourcedPrice>),
  writes: { dollars: 0.005, per: 1e3, unit: 'PUTs of S3', source: 'AWS-wide list price, not read again' },
  webAcl: { dollars: 5, per: 1, unit: 'web ACL a month', source: wafSource },
  wafRules: { dollars: 1, per: 1, unit: 'WAF rule a month', source: wafSource },
  wafRequests: { dollars: 0.6, per: 1e6, unit: 'requests that WAF sees', source: wafSource },
  fargateCpu: { dollars: 0.03238, per: 1, unit: 'vCPU-hour of Fargate', source: fargateSource },
  fargateMemory: { dollars: 0.00356, per: 1, unit: 'GB-hour of Fargate', source: fargateSource },
  instance: {
    dollars: 0.0816,
    per: 1,
    unit: 'hour of m7g.large, 2 vCPU',
    source: 'factualminds.com, "Amazon EC2 On-Demand Pricing", 2026-06-17',
  },
  loadBalancer: { dollars: 0.0225, per: 1, unit: 'hour of a load balancer', source: 'not read again' },
  loadBalancerUnits: {
    dollars: 0.008,
    per: 1,
    unit: 'GB through a load balancer (LCU)',
    source: 'not read again',
  },
  cloudflare: {
    dollars: 0.5,
    per: 1e3,
    unit: 'unique transformations of Cloudflare',
    source: cloudflareSource,
  },
  vercelTransforms: { dollars: 0.05, per: 1e3, unit: 'transformations of Vercel', source: vercelSource },
  vercelReads: { dollars: 0.4, per: 1e6, unit: '8 kB read from the cache of Vercel', source: vercelSource },
  vercelWrites: { dollars: 4, per: 1e6, unit: '8 kB written to the cache of Vercel', source: vercelSource },
  vercelBytes: { dollars: 0.15, per: 1e9, unit: 'bytes to viewers of Vercel', source: 'not read again' },
  vercelRequests: { dollars: 2, per: 1e6, unit: 'edge requests of Vercel', source: 'not read again' },
  cloudinary: {
    dollars: 249 / 600,
    per: 1,
    unit: 'credit of Cloudinary: 1,000 transformations, 1 GB stored or 1 GB sent',
    source: 'credits: cloudinary.com/documentation, 2026; $249 for 600 of them (Advanced): not read again',
  },
} as const satisfies Record<string, SourcedPrice>

export type PriceName = keyof typeof prices

/** What `units` of something cost, in dollars. */
export function charge(name: PriceName, units: number): number {
  const { dollars, per }: SourcedPrice = prices[name]
  return (units / per) * dollars
}
