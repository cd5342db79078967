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
