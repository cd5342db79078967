import { type EdgeErrorCode, edgeErrors } from '../../grammar/edge-errors.ts'
import type { ErrorRow } from '../../grammar/error-row.ts'
import type { Explanation } from './explain-url.ts'
import { changes } from './parameter-changes.ts'
import type { ParameterOrigin } from './parameter-origins.ts'
import { formatTable } from './table.ts'

/** `explanation` for people. */
export function formatExplanation(explanation: Explanation, settingsFrom: string): string {
  const { url, passes, refusal, canonical, access, reach, checks, parameters } = explanation
  const facts = [
    ['url', url],
    ['canonical', canonical ?? 'none'],
    ['answer', passes ? 'passed on to cache and origin' : `${refusal?.status} ${refusal?.code}`],
    ['remedy', formatRemedy(explanation)],
    ['signed', formatSigned(explanation)],
    [
      'access',
      access
        ? `${access.mode}, for ${access.prefix === '' ? 'all other keys' : `keys that begin with ${access.prefix}`}`
        : 'not known',
    ],
    ['class', explanation.class ?? 'not known'],
    [
      'reach',
      reach === undefined
        ? ''
        : `${reach.toLocaleString('en-GB')} variants of an original without a signature`,
    ],
    ['settings', settingsFrom],
  ].filter(([, value]) => value !== '')
  const judged = checks.map(({ check, verdict, parameter, expected, received }) => [
    check,
    verdict,
    expected === undefined
      ? ''
      : `expected ${expected || 'nothing'}${parameter ? ` for ${parameter}` : ''}, received ${received || 'nothing'}`,
  ])
  return [
    formatTable(facts),
    formatTable([['check', 'verdict', ''], ...judged]),
    ...(parameters.length === 0
      ? []
      : [formatTable([['parameter', 'sent', 'becomes', 'source'], ...parameters.map(formatOrigin)])]),
  ].join('\n\n')
}

/** What docs/errors.md says of a refusal, as plain text. */
function formatRemedy({ refusal }: Explanation): string {
  const row = edgeErrors[refusal?.code as EdgeErrorCode] as ErrorRow | undefined
  if (!row) return ''
  const { meaning, remedy } = row.documentation
  return `${meaning}. ${remedy.replace(/\[(.*?)\]\(.*?\)/g, 'docs/$1')}`
}

function formatSigned({ signed, kid, checks }: Explanation): string {
  if (kid === undefined) return 'no'
  const unchecked = checks.some(({ check, verdict }) => check === 'signature' && verdict === 'not-checked')
  if (unchecked) return `by ${kid}, it says: not checked without the secret, and taken for right`
  return signed ? `by ${kid}` : `no, though it claims ${kid}`
}

function formatOrigin({
  name,
  sent = '–',
  preset,
  value = '–',
  source,
  changes: made,
}: ParameterOrigin): string[] {
  const from = source === 'preset' ? `preset: ${preset}` : source
  return [name, sent, value, [from, ...made.map((change) => changes[change])].join('; ')]
}
