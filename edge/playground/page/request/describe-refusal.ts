import { edgeErrors } from '../../../../grammar/edge-errors.ts'
import type { ErrorRow } from '../../../../grammar/error-row.ts'
import { originErrors } from '../../../../grammar/origin-errors.ts'
import type { ParameterRow } from '../../../../grammar/parameter-row.ts'
import { parameters } from '../../../../grammar/parameters.ts'
import type { Refusal } from './read-answer.ts'

const errors: Readonly<Record<string, ErrorRow>> = { ...originErrors, ...edgeErrors }

/** What an error code means, from the tables; the status alone where it is none of them. */
export function nameRefusal({ code, status }: Refusal): string {
  return errors[code]?.documentation.meaning ?? `The edge answered ${status}`
}

/** What can be done about it (Markdown); '' where the tables do not know. */
export function nameRemedy({ code }: Refusal): string {
  return (errors[code]?.documentation.remedy ?? '').replace(/\s*\(?\[[^\]]*\]\([^)]*\)\)?/g, '')
}

/** What was expected and received, in words. */
export function describeRefusal({ code, expected, received }: Refusal): string {
  const given = received === '' ? 'nothing' : received.replace(/%20/g, ' ')
  if (code === 'needs-signature') {
    return received === ''
      ? 'Without a signature, nothing under this prefix is served.'
      : `Without a signature this is refused: ${given}.`
  }
  return `Expected ${describeExpected(expected)}; received ${given}.`
}

/** A kind of the table, or a sentence of the transformer, in words. */
export function describeExpected(expected: string): string {
  if (!kinds.includes(expected)) return expected
  const groups = expected
    .split(' ')
    .map((group) => words[group] ?? group.replace(/=.*/, '').replace('..', ' to '))
  const last = groups.pop()
  return groups.length > 0 ? `${groups.join(', ')} or ${last}` : `${last}`
}

const rows: readonly ParameterRow[] = parameters
const kinds = rows.flatMap(({ kind, canonicalKind }) => [kind, canonicalKind])

const words: Readonly<Record<string, string>> = {
  'W-H<=64': 'a ratio such as 16-9',
  L_T_W_H: 'left_top_width_height',
  'X_Y<=1': 'a point such as 0.3_0.75',
  hex: 'a colour in hex',
  'TAG<=32': '1–32 of A–Z a–z 0–9 . _ -',
  TEXT: 'text',
}
