/**
 * Headers of every answer, image or error, of the edge function and of the transformer alike: a cached answer without
 * the first would break a later `crossorigin` request for it, and nothing is what its bytes look like.
 */
export const answerHeaders = {
  'access-control-allow-origin': '*',
  'x-content-type-options': 'nosniff',
} as const
