/**
 * Headers of every answer, image or error, of the edge function and of the transformer alike. A cached answer
 * without `access-control-allow-origin` would break a later `crossorigin` request for it, and content that a person
 * uploaded must never run as a page, whatever it turns out to be.
 */
export const answerHeaders = {
  'access-control-allow-origin': '*',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
} as const
