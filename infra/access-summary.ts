import { countReach, listReach } from '../grammar/reach.ts'
import { formatPathPattern } from './key-prefix.ts'
import { prices } from './monitoring/prices.ts'
import { type Settings, viewerFunctionSettings } from './settings.ts'

/** Returns who may have what, in lines for whoever deploys: the modes by prefix, and how much anyone can ask for where it is bounded. */
export function summarizeAccess(settings: Settings): readonly string[] {
  const { access, cloudFrontSigned } = settings
  const described = new Map([
    ...Object.entries(access).map(([prefix, mode]) => [prefix, describeMode(prefix, mode)] as const),
    ...Object.entries(cloudFrontSigned).map(
      ([prefix, guard]) =>
        [prefix, `guarded by CloudFront, then ${describeMode(prefix, guard.access)}`] as const,
    ),
  ])
  const modes = [...described]
    .sort(([a], [b]) => b.length - a.length)
    .map(([prefix, text]) => `${prefix === '' ? 'all other keys' : prefix}: ${text}`)
  const bounded = Object.values(access).includes('bounded')
  return ['access', ...modes.map((mode) => `  ${mode}`), ...(bounded ? summarizeReach(settings) : [])]
}

function describeMode(prefix: string, mode: string): string {
  if (mode === 'open') return 'open, any number of variants of one original'
  // Without a behaviour of its own its answers have the headers of the prefix around it.
  const kept = mode === 'signed' && formatPathPattern(prefix) === undefined
  return kept ? 'signed, but no path pattern stands for it, so browsers keep its answers like others' : mode
}

function summarizeReach(settings: Settings): readonly string[] {
  const compiled = viewerFunctionSettings(settings)
  const total = countReach(compiled)
  const names = Object.keys(compiled.presets)
  const parts = ['', ...names].map((name) => {
    const { shapes, encodings } = listReach(name, compiled)
    const product = `${formatCount(shapes.size)} sizes and crops × ${encodings.size} formats and qualities`
    return `  ${formatCount(shapes.size * encodings.size)} ${name === '' ? 'without preset' : `with ${name}`}: ${product}`
  })
  const dollars = (total * priceSlowestRun(settings)).toFixed(2)
  return [
    `${formatCount(total)} variants of one original can be asked for without a signature`,
    ...parts,
    `  at worst $${dollars} to make each of them once, were each to take all of compute.timeoutSeconds`,
  ]
}

function formatCount(count: number): string {
  return count.toLocaleString('en')
}

/** Dollars of a run that takes all the time it may have, with its reads of original and overlay; Lambda's GB has 1,024 MB. */
function priceSlowestRun({ compute }: Settings): number {
  const { runTime, runs, reads, originShield } = prices
  const gigabyteSeconds = (compute.timeoutSeconds * compute.memoryMegabytes) / 1024
  return (
    (gigabyteSeconds * runTime.dollars) / runTime.per +
    runs.dollars / runs.per +
    (2 * reads.dollars) / reads.per +
    originShield.dollars / originShield.per
  )
}
