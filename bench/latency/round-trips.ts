/** Where these round trips are from, and what they are. */
export const roundTripsSource =
  'cloudping.co, medians (p50) over a year of TCP round trips between AWS regions, as saved in examples/estimator/src/p50.json of commonwarexyz/monorepo at 4622dfb; undated, after the opening of ap-east-2 in June 2025, which is in it'

/** Where viewers are taken to be: at these regions. */
export const regions = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-northeast-1',
  'ap-southeast-2',
  'sa-east-1',
  'af-south-1',
] as const
export type Region = (typeof regions)[number]

/**
 * Those with a regional edge cache, which can be Origin Shield. Source: CloudFront developer guide, "Choosing the AWS Region for Origin
 * Shield": it has no place in Africa.
 */
export const cacheRegions: readonly Region[] = regions.filter((region) => region !== 'af-south-1')

/** Milliseconds there and back, from each region to those after it; the other direction differs by 3 ms at most. */
const later: Readonly<Record<Region, readonly number[]>> = {
  'us-east-1': [64.4, 69.6, 93.2, 192.5, 219.6, 149.7, 199.8, 115.3, 228],
  'us-west-2': [118.3, 142.8, 222.2, 160.2, 98.2, 141, 174.6, 274.8],
  'eu-west-1': [27.5, 125.9, 178.5, 202.3, 255.7, 178.2, 160.3],
  'eu-central-1': [129.3, 160.4, 227, 251.3, 204, 155.9],
  'ap-south-1': [63.8, 133.3, 154.7, 301, 274],
  'ap-southeast-1': [70.9, 94.8, 327.8, 316.9],
  'ap-northeast-1': [106.9, 258.3, 358],
  'ap-southeast-2': [312.1, 408.7],
  'sa-east-1': [338.9],
  'af-south-1': [],
}

/** Milliseconds within a region: of the same source, 3.2–5.5. */
export const withinRegionMs = 4

/** Milliseconds there and back between two regions. */
export function roundTripMs(from: Region, to: Region): number {
  if (from === to) return withinRegionMs
  const [first, second] = [regions.indexOf(from), regions.indexOf(to)].sort((a, b) => a - b)
  return later[regions[first as number] as Region][(second as number) - (first as number) - 1] as number
}
