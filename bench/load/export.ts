import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expectedStatuses } from './answer-class.ts'
import type { WireRequest } from './wire-request.ts'

/** The headers that requests of the trace may have: a column each. */
const headerNames = [
  ...['accept', 'referer', 'origin', 'user-agent', 'sec-fetch-site'],
  ...['sec-ch-dpr', 'sec-ch-viewport-width', 'save-data'],
]

/** How a trace is written, by the ending of the file's name. */
const formats: Readonly<Record<string, (requests: readonly WireRequest[]) => string>> = {
  json: formatJson,
  csv: formatCsv,
}

/**
 * Writes `requests` to `file`: `.json` for k6, `.csv` for JMeter.
 *
 * @throws Error for another ending.
 */
export async function exportTrace(file: string, requests: readonly WireRequest[]): Promise<void> {
  const format = formats[/\.(\w+)$/.exec(file)?.[1] ?? '']
  if (!format) throw new Error(`--export: expected a file that ends in .json or .csv but received ${file}`)
  await writeFile(resolve(file), format(requests))
}

/** An array, one request in a line: `target` (path and query), `headers`, `intent`, `expected` (statuses). */
export function formatJson(requests: readonly WireRequest[]): string {
  const lines = requests.map((request) =>
    JSON.stringify({ ...request, expected: expectedStatuses[request.intent] }),
  )
  return `[\n${lines.join(',\n')}\n]\n`
}

/** Columns `target`, `intent`, `expected` (a pattern), and one for each header, empty where a request has none. */
export function formatCsv(requests: readonly WireRequest[]): string {
  const rows = requests.map(({ target, intent, headers }) => {
    const unknown = Object.keys(headers).find((name) => !headerNames.includes(name))
    if (unknown) throw new Error(`expected a header that has a column but received ${unknown}`)
    const expected = expectedStatuses[intent].join('|')
    return [target, intent, expected, ...headerNames.map((name) => headers[name] ?? '')].map(quote).join(',')
  })
  return `${['target', 'intent', 'expected', ...headerNames].join(',')}\n${rows.join('\n')}\n`
}

/** Source: RFC 4180, section 2. */
function quote(value: string): string {
  return `"${value.replace(/"/g, '""')}"`
}
