import { decide, examine } from '../grammar/decide.ts'
import { equalTexts } from '../grammar/signature.ts'
import type { CanonicalUrl } from '../grammar/variant.ts'
import { explain, refuse } from './answers.ts'
import type { GeneratedResponse, ViewerRequest, ViewerRequestEvent } from './event.ts'
import { readSecret } from './secrets.ts'
import { settings } from './settings.ts'

/**
 * The viewer-request function: runs on every request, hit or miss, and rewrites it to the canonical URL of the
 * variant it means, which is the cache key; or answers why it will not.
 *
 * Nothing but this function is asynchronous beside what it awaits, one after the other: CloudFront's runtime takes no
 * asynchronous closures.
 */
export async function handler(event: ViewerRequestEvent): Promise<ViewerRequest | GeneratedResponse> {
  const request = event.request
  // Of a header that came several times the first counts: no browser sends one of these twice.
  const header = (name: string) => (request.headers[name] || { value: '' }).value
  // Not `querystring`, an object: its order, which says whether a URL is canonical, differs from engine to engine.
  const decision = examine(request.uri, request.rawQueryString() || '', Date.now() / 1000, settings)
  let secret: string | undefined
  if (decision.kid) secret = await readSecret(`sign.${decision.kid}`)
  decide(decision, request.uri, header, secret, settings)
  const token = header('x-fovea-explain')
  if (token) {
    const right = await readSecret('explain')
    // A wrong token is as none: nobody learns that there is one.
    if (right && equalTexts(token, right, right)) return explain(decision)
  }
  if (decision.refusal) return refuse(decision.refusal, settings)
  // What nothing refuses has a URL.
  const url = decision.url as CanonicalUrl
  request.uri = url.path
  request.querystring = url.query
  return request
}
