import type { ColdFigures } from './compare.ts'

/** `figures` for people. */
export function formatCold({ source, ...figures }: ColdFigures & { source: string }): string {
  const { runs, foveaMs, plainMs, nodeMs, ratio, steps } = figures
  return [
    `${source}; 12 MP → 800 px WebP, process start to first byte, medians of ${runs} runs in turn`,
    '',
    `fovea  ${foveaMs.toFixed(0).padStart(5)} ms`,
    `plain  ${plainMs.toFixed(0).padStart(5)} ms`,
    `node   ${nodeMs.toFixed(0).padStart(5)} ms, doing nothing`,
    `fovea/plain ${ratio.toFixed(2)}`,
    '',
    `of fovea: ${Object.entries(steps)
      .map(([step, ms]) => `${step} ${ms.toFixed(0)}`)
      .join(', ')} ms (fetch and sharp overlap)`,
  ].join('\n')
}

/** The bound, where it is missed. */
export function judgeCold({ ratio }: ColdFigures, maxRatio: number): string[] {
  return ratio <= maxRatio ? [] : [`fovea/plain is ${ratio.toFixed(2)}, expected at most ${maxRatio}`]
}
