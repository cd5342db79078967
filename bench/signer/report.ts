import type { SignerCost, SignerFigures } from './measure.ts'

/** `figures` for people. */
export function formatSigner({ costs }: SignerFigures): string {
  return [
    'a second on one core   bare HMAC     signUrl   × time   verifyUrl   × time',
    ...costs.map(formatCost),
  ].join('\n')
}

function formatCost({ name, bare, signUrl, verifyUrl, signRatio, verifyRatio }: SignerCost): string {
  return [
    name.padEnd(20),
    formatRate(bare).padStart(12),
    formatRate(signUrl).padStart(12),
    signRatio.toFixed(2).padStart(9),
    formatRate(verifyUrl).padStart(12),
    verifyRatio.toFixed(1).padStart(9),
  ].join('')
}

function formatRate(perSecond: number): string {
  return Math.round(perSecond / 1000) * 1000 > 0
    ? (Math.round(perSecond / 1000) * 1000).toLocaleString('en-GB')
    : perSecond.toFixed(0)
}

/** The bounds that are missed: on ratios alone, which hold on any machine. */
export function judgeSigner({ costs }: SignerFigures, maxRatio: number): string[] {
  return costs
    .filter(({ signRatio }) => !(signRatio <= maxRatio))
    .map(
      ({ name, signRatio }) =>
        `${name}: ${signRatio.toFixed(2)} times the bare HMAC, expected at most ${maxRatio}`,
    )
}
