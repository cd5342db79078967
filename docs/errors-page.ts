import { edgeErrors } from '../grammar/edge-errors.ts'
import type { ErrorRow } from '../grammar/error-row.ts'
import { originalsFaults, originErrors } from '../grammar/origin-errors.ts'
import { formatErrorCacheControl, formatProblem, problemContentType } from '../grammar/problem.ts'
import { viewers } from './examples.ts'
import { code, formatTable, generatedNotice } from './markdown.ts'
import { computeOutcome } from './outcome.ts'

/** The request whose refusal the page shows whole. */
const exampleRequest = '/p/chair.jpg?width=9000'

/**
 * Seconds that CloudFront keeps an error at least, where not its default 10: as `infra` sets it in the distribution.
 * `docs` may not import `infra`; a test holds this page against the template.
 */
const minSeconds: Readonly<Record<number, number>> = { 500: 1, 502: 1, 503: 1, 504: 1 }

/** The text of docs/errors.md. */
export function formatErrorsPage(): string {
  return `# Errors

${generatedNotice}

An error is \`${problemContentType}\` (RFC 9457) with a code that stays the same from release to release, also in the
header \`x-fovea-error\`. It says which parameter is at fault, if one is, what was expected and what was received.
\`npx fovea explain URL\` says the same with the remedy of the tables below.

${formatExample()}

\`expected\` lists values as [url.md](url.md#values-as-the-parser-takes-them) does: here \`auto\`, or a whole number from 1
to 8192. Where something needs a signature it is what may be asked without one: ratios, or a pattern that each \`name=value\`
of the URL has to match from its beginning. Empty, it means that nothing would do: a preset where the settings have none.

Whatever an original is to blame for is 415 and nothing else: CloudFront keeps a 415 for as long as \`Cache-Control\`
says, but never a 413, 422 or 429, so that a damaged original would run the Lambda on every request.

## Of the edge function

Answered before the cache and without a Lambda. Nobody keeps these answers: CloudFront does not cache what a function
answers, and browsers are told not to.

${formatErrorTable(edgeErrors, () => 'not cached')}

## Of the transformer

${formatErrorTable(originErrors, describeCloudFront)}

With the setting \`fallback\`, a picture of the deployment's own stands for ${formatCodes(originalsFaults)}: status, code and
caching are those of the error.

CloudFront itself answers 403 to a method that is not GET or HEAD; 403 in XML (\`MissingKey\`, \`AccessDenied\` and the like)
under a prefix of \`cloudFrontSigned\` to who shows no URL or cookie that it can verify; 429 where Lambda throttles; and 502 or
504 where the Lambda cannot be reached or does not answer in time. These carry no code of ours.
`
}

function formatCodes(codes: readonly string[]): string {
  return codes.map(code).join(', ')
}

function formatExample(): string {
  const outcome = computeOutcome(exampleRequest, viewers['AVIF viewer'])
  if (!('rejection' in outcome)) throw new Error(`expected ${exampleRequest} to be refused`)
  const { rejection } = outcome
  const row = edgeErrors[rejection.code]
  return [
    '```http',
    `GET ${exampleRequest}`,
    '',
    `HTTP/1.1 ${row.status}`,
    `content-type: ${problemContentType}`,
    `cache-control: ${formatErrorCacheControl(row.maxAgeSeconds)}`,
    `x-fovea-error: ${rejection.code}`,
    '',
    JSON.stringify(JSON.parse(formatProblem(rejection)), null, 2),
    '```',
  ].join('\n')
}

function formatErrorTable(
  table: Readonly<Record<string, ErrorRow>>,
  describe: (row: ErrorRow) => string,
): string {
  return formatTable(
    ['code', 'status', 'browsers', 'CloudFront', 'meaning', 'remedy'],
    Object.entries(table).map(([name, row]) => {
      const { meaning, remedy } = row.documentation
      return [code(name), String(row.status), describeBrowsers(row), describe(row), meaning, remedy]
    }),
  )
}

function describeBrowsers(row: ErrorRow): string {
  return row.maxAgeSeconds ? `${row.maxAgeSeconds} s` : code(formatErrorCacheControl(row.maxAgeSeconds))
}

/**
 * How long CloudFront keeps an error of the origin.
 * Source: CloudFront developer guide, "How CloudFront caches HTTP 4xx and 5xx status codes from your origin".
 */
function describeCloudFront({ status, maxAgeSeconds }: ErrorRow): string {
  const always = [404, 414, 500, 501, 502, 503, 504].includes(status)
  const withMaxAge = [400, 403, 405, 412, 415].includes(status) && maxAgeSeconds > 0
  if (!always && !withMaxAge) return 'not cached'
  return `${Math.max(maxAgeSeconds, minSeconds[status] ?? 10)} s`
}
