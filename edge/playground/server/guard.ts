import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

// The edge listens on the loopback address alone, so only this machine connects. But a browser on it also runs the pages of
// others, and these may send requests here. What keeps them out:

/** This machine's own names, with any port: it may be forwarded. */
const ownHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i

/**
 * Security: a page of a host whose name its owner lets point here (DNS rebinding) is of our origin to the browser, but names
 * that host.
 *
 * @throws Refusal 403
 */
export function expectOwnHost({ headers }: IncomingMessage): void {
  if (ownHost.test(headers.host ?? '')) return
  throw new Refusal(
    403,
    'Not by this name',
    `expected localhost, 127.0.0.1 or [::1] for the Host header but received ${quote(headers.host)}`,
  )
}

/**
 * Security: pages of other sites can send what changes something without being able to read the answer. Browsers say where a
 * request comes from, and no page can change what they say.
 *
 * @param changes whether the request changes something: then somebody must have said where it comes from.
 * @throws Refusal 403
 */
export function expectOwnPage({ headers }: IncomingMessage, changes: boolean): void {
  const { origin, 'sec-fetch-site': site } = headers
  const own = `http://${headers.host}`
  if (origin !== undefined && origin.toLowerCase() !== own.toLowerCase()) {
    throw refusePage(`expected ${own} for the Origin header but received ${quote(origin)}`)
  }
  // `none` is what a person types.
  if (site !== undefined && site !== 'same-origin' && (changes || site !== 'none')) {
    throw refusePage(`expected same-origin for the Sec-Fetch-Site header but received ${quote(String(site))}`)
  }
  if (changes && origin === undefined && site === undefined) {
    throw refusePage(`expected Sec-Fetch-Site: same-origin, or Origin: ${own}, but received neither`)
  }
}

function refusePage(detail: string): Refusal {
  return new Refusal(403, 'Only for the playground’s own page', detail)
}

function quote(text: string | undefined): string {
  return text === undefined ? 'none' : JSON.stringify(text.slice(0, 200))
}
