import { edgeErrors } from '../grammar/edge-errors.ts'
import { maxSide } from '../grammar/max-side.ts'
import { maxPieces } from '../grammar/query.ts'
import { revision } from '../grammar/variant.ts'
import { examples, viewers } from './examples.ts'
import { code, formatTable, generatedNotice } from './markdown.ts'
import { computeOutcome, exampleSettings } from './outcome.ts'
import { formatNames, formatParameterTable, rows } from './parameter-table.ts'

/** The text of docs/url.md. */
export function formatUrlPage(): string {
  return `# The URL language

${generatedNotice}

A URL names an original and says what is wanted of it: \`/<key of the original>?<parameters>\`.
The edge function reads it, refuses it, or rewrites it to the one *canonical URL* of the variant it means.

## Parameters

In the order in which a canonical URL names them.

${formatParameterTable()}

## Values, as the parser takes them

Alternatives between spaces, in the words of an error: other spellings of a value stand behind \`=\`, a range includes both
ends and has as many decimals as its upper end, and capitals are a shape. A parameter without canonical values is worked into others, or into the path, at the edge.

${formatTable(['parameter', 'in a request', 'in a canonical URL'], rows.map(formatKindRow))}

## Rules

- Names and closed sets of values are read without regard to case; free text is kept as it was sent.
- Names, values and path are percent-decoded once. \`+\` is itself in the path and a space in the query.
- A parameter that is not in the table is dropped: campaign and cache-busting parameters do not split the cache.
- A parameter that has no effect beside the others is dropped, and so is one that says the default.
- A bad value, a parameter given twice, two that contradict each other, more than ${maxPieces} of whatever names, and a path that no
  original can have are answered 400, before the cache and without a Lambda ([errors.md](errors.md)).
- Nothing that a URL gives is clamped in silence. A width or height above ${maxSide} pixels is refused, also where it
  is a product; what only a hint of the viewer makes too large is capped.
- Fractions of a pixel are rounded half up, and no side is less than 1.
- No picture is enlarged beyond its original's pixels unless a parameter says so. A drawing (SVG) has none, and is
  rasterised at any size.

## The canonical URL

It is CloudFront's cache key, what the Lambda is asked, and the header \`x-fovea-key\` of what the Lambda answers.

- It begins with \`rev=${revision}\`, the revision, which is raised when the same URL should give other bytes.
- Then come the parameters in the order of the table, by their full names, in one spelling. Even a request without
  any has some: \`/p/chair.jpg\` is ${formatResult('/p/chair.jpg', viewers['AVIF viewer'])} to an AVIF viewer.
- In path and values \`A-Za-z0-9._-/\` stand for themselves; every other byte of UTF-8 is \`~XX\`, a tilde and two
  upper-case hexadecimal digits.

A request whose first parameter is \`rev\` is read as a canonical URL: without aliases, hints or negotiation, so that a
key copied from a header names that very variant to any viewer. It must be exactly what Fovea writes, except that the
revision may be another, which is answered as the current one.

## Worked examples

The right column is computed by the grammar itself, with the ladder ${exampleSettings.ladder.join(', ')}
and the preset \`card\` for 300 × 250 of high quality, for one who may have everything. Who may have what is told in
[access.md](access.md). The viewers:

${formatTable(['viewer', 'headers'], Object.entries(viewers).map(formatViewer))}

${Object.entries(examples).map(formatExamples).join('\n\n')}
`
}

function formatKindRow(row: (typeof rows)[number]): string[] {
  return [formatNames(row), code(row.kind), row.canonicalKind === null ? '' : code(row.canonicalKind)]
}

function formatViewer([name, headers]: [string, Record<string, string>]): string[] {
  return [
    name,
    Object.entries(headers)
      .map(([header, value]) => code(`${header}: ${value}`))
      .join('<br>'),
  ]
}

function formatExamples([title, group]: [string, (typeof examples)[string]]): string {
  const table = formatTable(
    ['request', 'viewer', 'result'],
    group.map(({ request, viewer = 'AVIF viewer' }) => [
      code(request),
      viewer,
      formatResult(request, viewers[viewer]),
    ]),
  )
  return `### ${title}\n\n${table}`
}

function formatResult(request: string, headers: Readonly<Record<string, string>>): string {
  const outcome = computeOutcome(request, headers)
  if ('canonical' in outcome) return code(outcome.canonical)
  const { code: errorCode, parameter, expected, received } = outcome.rejection
  const subject = parameter && `${code(parameter)}: `
  const detail = `${subject}expected ${expected}; received ${received ? code(received) : 'nothing'}`
  return `${edgeErrors[errorCode].status} ${code(errorCode)}, ${detail}`
}
