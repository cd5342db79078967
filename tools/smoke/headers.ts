import type { Check } from './check.ts'
import { askUsual, type Probe } from './probe.ts'

interface HeaderRule {
  name: string
  /** What its value must match. */
  matches: RegExp
  expected: string
  /** Whether a deployment that is asked like this has it. Default: each does. */
  applies?(probe: Probe): boolean
}

/** Headers of an image that was negotiated. */
const rules: readonly HeaderRule[] = [
  { name: 'x-content-type-options', matches: /^nosniff$/, expected: 'nosniff' },
  {
    name: 'content-security-policy',
    matches: /default-src 'none'.*\bsandbox\b/,
    expected: "default-src 'none' … sandbox",
  },
  { name: 'access-control-allow-origin', matches: /^\*$/, expected: '*' },
  { name: 'cross-origin-resource-policy', matches: /^cross-origin$/, expected: 'cross-origin' },
  { name: 'timing-allow-origin', matches: /^\*$/, expected: '*' },
  {
    name: 'cache-control',
    matches: /^(?:public|private)\b.*\bmax-age=[1-9]/,
    expected: 'public or private, with max-age',
  },
  { name: 'vary', matches: /(?:^|[,\s])accept(?:$|[,\s])/i, expected: 'Accept and others' },
  { name: 'etag', matches: /^(?:W\/)?"[^"]+"$/, expected: 'an ETag in quotes' },
  {
    name: 'strict-transport-security',
    matches: /^max-age=[1-9]/,
    expected: 'max-age=…',
    // Browsers heed it over TLS alone.
    applies: ({ base }) => base.startsWith('https:'),
  },
]

export const headerChecks: readonly Check[] = rules.map(({ name, matches, expected, applies }) => ({
  name,
  expected,
  lacks: (probe) => (applies?.(probe) === false ? 'https://' : undefined),
  async receive(probe) {
    const value = (await askUsual(probe)).headers[name]
    return { ok: matches.test(String(value ?? '')), text: String(value ?? 'none') }
  },
}))
