import type { PolicyHeader } from '../template/deployment.ts'

/** Headers of one connection only (RFC 9110, section 7.6.1), and lengths, which the server writes itself. */
const notPassedOn = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'trailer',
])

/**
 * An origin's headers as viewers see them: without those of the connection, with the response headers policy's, which
 * replace only where the policy says so. Flat, as `writeHead` takes them.
 */
export function composeHeaders(
  origin: Readonly<Record<string, string>>,
  policy: readonly PolicyHeader[],
): string[] {
  const headers = new Map(Object.entries(origin).filter(([name]) => !notPassedOn.has(name)))
  for (const { name, value, override } of policy) {
    if (override || !headers.has(name)) headers.set(name, value)
  }
  return [...headers].flat()
}

/** `headers`, flat, with those of `newer` in place of their own: what a 304 says of a stored answer. */
export function replaceHeaders(headers: readonly string[], newer: readonly string[]): string[] {
  const merged = new Map(pairUp(headers))
  for (const [name, value] of pairUp(newer)) merged.set(name, value)
  return [...merged].flat()
}

function pairUp(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, index) =>
    index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as [string, string]] : [],
  )
}
