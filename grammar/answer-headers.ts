/**
 * Headers of every answer, image or error, of the edge function and of the transformer alike: a cached answer without
 * the first would break a later `crossorigin` request for it, and nothing is what its bytes look like.
 */
export const answerHeaders = {
  'access-control-allow-origin': '*',
  'x-content-type-options': 'nosniff',
} as const

/**
 * What an answer that is opened as a page may do: nothing. It runs no script, has no origin and loads nothing but what an SVG
 * holds within itself: its styles, pixels and letters.
 */
export const contentSecurityPolicy =
  "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; sandbox"
