import { maxCodeBytes, maxFunctionBytes } from '../../grammar/function-bytes.ts'
import type { RequestCost, ViewerFunctionFigures } from './measure.ts'

/** Bytes of memory that a function has on CloudFront. Source: CloudFront developer guide, "Quotas". */
const maxMemoryBytes = 2 * 1024 * 1024

/** `figures` for people. */
export function formatViewerFunction(figures: ViewerFunctionFigures): string {
  const { codeBytes, bytes, njs, valgrind, startInstructions: start, startBytes, costs } = figures
  const changed = costs.filter(({ changedSettings }) => changedSettings.length > 0)
  return [
    `njs ${njs ?? 'is not installed'}, ${njs && !valgrind ? 'valgrind is not installed' : (valgrind ?? 'instructions not counted')}`,
    `${codeBytes} of ${maxCodeBytes} bytes of code, ${bytes} of ${maxFunctionBytes} with settings`,
    'to load the file, which CloudFront may do once or on every request, it does not say:',
    `  ${formatCount(start?.compile)} instructions to compile it, ${formatCount(start?.run)} to run it then, ${formatKilobytes(startBytes)} KB`,
    `njs frees nothing: file and call together have ${formatKilobytes(maxMemoryBytes)} KB on CloudFront`,
    '',
    'a call            store reads   instructions   KB in njs   µs in njs   µs in node:vm',
    ...costs.map(formatCost),
    ...changed.map(
      ({ name, changedSettings }) =>
        `* ${name}: answered otherwise as deployed; a copy with ${changedSettings.join(', ')} of the bench in its settings`,
    ),
  ].join('\n')
}

function formatCost({
  name,
  changedSettings,
  storeReads,
  instructions,
  njs,
  vmMicroseconds,
}: RequestCost): string {
  return [
    `${name}${changedSettings.length > 0 ? ' *' : ''}`.padEnd(18),
    String(storeReads).padStart(11),
    formatCount(instructions).padStart(15),
    formatKilobytes(njs?.bytes).padStart(12),
    (njs?.microseconds.toFixed(0) ?? '–').padStart(12),
    vmMicroseconds.toFixed(1).padStart(16),
  ].join('')
}

const formatCount = (count: number | undefined): string => count?.toLocaleString('en-GB') ?? '–'

const formatKilobytes = (bytes: number | undefined): string => formatCount(bytes && Math.round(bytes / 1024))

/** Instructions that kinds of request may take at most. */
export type MaxInstructions = Readonly<Partial<Record<RequestCost['name'], number>>>

/** The bounds that are missed: on counts alone, which no other work on the machine changes. */
export function judgeViewerFunction(
  { codeBytes, bytes, costs }: ViewerFunctionFigures,
  maxInstructions: MaxInstructions,
): string[] {
  const slow = costs.filter(
    ({ name, instructions = 0 }) => instructions > (maxInstructions[name] ?? Number.POSITIVE_INFINITY),
  )
  return [
    ...(codeBytes <= maxCodeBytes ? [] : [`${codeBytes} bytes of code, expected at most ${maxCodeBytes}`]),
    ...(bytes <= maxFunctionBytes
      ? []
      : [`${bytes} bytes with settings, expected at most ${maxFunctionBytes}`]),
    ...slow.map(
      ({ name, instructions }) =>
        `${name}: ${formatCount(instructions)} instructions, expected at most ${formatCount(maxInstructions[name])}`,
    ),
  ]
}
