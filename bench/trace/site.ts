import { type Decision, type DecisionSettings, decide, examine } from '../../grammar/decide.ts'
import { defaultSettings } from '../../grammar/default-settings.ts'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import type { TraceRequest } from './request.ts'

// Whose pictures the trace asks for: a shop's, with one signing key and a rule against hotlinks.

/** A key to sign with. */
export interface SigningKey {
  kid: string
  secret: string
}

/** When traces begin, in epoch milliseconds: signatures and their ends are the same on every run. */
export const traceStartMs = Date.UTC(2026, 10, 23)

export const traceHost = 'img.example.com'

/** Pages that may show the pictures. */
export const tracePages = ['shop.example', '*.shop.example']

/** Of the trace alone: it protects nothing. */
export const signingKey: SigningKey = {
  kid: 'trace',
  secret: 'a-secret-of-43-characters-that-protects-nothing',
}

/** The settings of the deployment that the trace is of: the default ones, and pages of others refused. */
export const traceSettings: DecisionSettings = {
  ...defaultSettings,
  hotlinks: { pages: formatPagePattern(tracePages) },
}

/** The key of an original of the trace. */
export function traceKey(original: number): string {
  return `products/${String(original % 97).padStart(2, '0')}/item-${original}.jpg`
}

/** What our edge function decides on `request`, of a trace that began at `startMs`. */
export function decideTraced(
  { path, query, headers, atMs }: TraceRequest,
  startMs: number = traceStartMs,
): Decision {
  const decision = examine(path, query, (startMs + atMs) / 1000, traceSettings)
  const secret = decision.kid === signingKey.kid ? signingKey.secret : ''
  decide(decision, path, (name) => headers[name] ?? '', secret, traceSettings)
  return decision
}
