import type { RequestCost, ViewerFunctionFigures } from './measure.ts'

/** Bytes of code that CloudFront takes, settings included. Source: CloudFront developer guide, "Quotas". */
const maxBytes = 10_240

/** `figures` for people. */
export function formatViewerFunction(figures: ViewerFunctionFigures): string {
  const { bytes, njs, valgrind, startInstructions, costs } = figures
  return [
    `njs ${njs ?? 'is not installed'}, ${njs && !valgrind ? 'valgrind is not installed' : (valgrind ?? 'instructions not counted')}`,
    `${bytes} of ${maxBytes} bytes with settings; ${formatCount(startInstructions)} instructions to load the file`,
    '',
    'a call       instructions   µs in njs   µs in node:vm',
    ...costs.map(formatCost),
  ].join('\n')
}

function formatCost({ name, instructions, njsMicroseconds, vmMicroseconds }: RequestCost): string {
  return [
    name.padEnd(10),
    formatCount(instructions).padStart(15),
    (njsMicroseconds?.toFixed(0) ?? '–').padStart(12),
    vmMicroseconds.toFixed(1).padStart(16),
  ].join('')
}

function formatCount(count: number | undefined): string {
  return count?.toLocaleString('en-GB') ?? '–'
}

/** The bounds that are missed: on counts alone, which no other work on the machine changes. */
export function judgeViewerFunction({ bytes, costs }: ViewerFunctionFigures, max: number): string[] {
  const typical = costs.find(({ name }) => name === 'typical')?.instructions
  return [
    ...(bytes <= maxBytes ? [] : [`${bytes} bytes with settings, expected at most ${maxBytes}`]),
    ...(typical === undefined || typical <= max
      ? []
      : [`${formatCount(typical)} instructions for a typical request, expected at most ${formatCount(max)}`]),
  ]
}
