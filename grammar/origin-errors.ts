import { errorRow } from './error-row.ts'

/** What the transformer answers. The choice of statuses is bound by what CloudFront caches: never 413, 422 or 429. */
export const originErrors = {
  missing: errorRow(404, 60, {
    meaning: 'There is no such original',
    remedy: 'Upload the object, or mend the key. The answer is forgotten after a minute.',
  }),
  forbidden: errorRow(403, 60, {
    meaning: 'The original may not be read',
    remedy: 'The transformer’s role lacks `s3:GetObject` on the object, or `kms:Decrypt` on its key.',
  }),
  archived: errorRow(403, 60, {
    meaning: 'The original is archived',
    remedy:
      'The object is in a Glacier storage class: restore it first, or let the setting `restoreArchived` ask for it. The answer then says how long that takes.',
  }),
  'not-an-image': errorRow(415, 3600, {
    meaning: 'The original is not an image that can be read',
    remedy: 'The content decides, not the name. JPEG, PNG, WebP, AVIF, GIF, TIFF and SVG are read.',
  }),
  undecodable: errorRow(415, 3600, {
    meaning: 'The original is damaged',
    remedy: 'The file begins like an image but cannot be decoded to its end: upload it again.',
  }),
  'over-limit': errorRow(415, 3600, {
    meaning: 'The original or the variant is larger than the limits allow',
    remedy: 'The answer names the limit. Upload a smaller original, or ask for a smaller variant.',
  }),
  'too-costly': errorRow(415, 3600, {
    meaning: 'The variant could not be made in time',
    remedy: 'Ask for a smaller size or a cheaper format (WebP or JPEG instead of AVIF).',
  }),
  'answer-too-large': errorRow(415, 3600, {
    meaning: 'The variant is larger than a buffered answer can be',
    remedy:
      'A buffered Function URL answers 6 MB of base64, about 4.5 MB of image: ask for a smaller size or a lower quality.',
  }),
  outside: errorRow(400, 60, {
    meaning: 'The crop or the page lies outside the original',
    remedy: 'The answer says how large the original is, or how many frames it has.',
  }),
  method: errorRow(405, 60, {
    meaning: 'Only GET and HEAD are answered',
    remedy: 'CloudFront refuses other methods itself; this is seen only by who calls the Lambda directly.',
  }),
  'not-canonical': errorRow(400, 60, {
    meaning: 'The transformer was asked for a URL that is not canonical',
    remedy: 'Go through CloudFront, whose function writes the canonical URL.',
  }),
  skew: errorRow(503, 0, {
    meaning: 'The edge is newer than the transformer',
    remedy: 'Seen for seconds during a deployment; it passes by itself.',
  }),
  unavailable: errorRow(503, 0, {
    meaning: 'The original could not be fetched just now',
    remedy: 'S3 was slow, throttled or unreachable; ask again.',
  }),
  failed: errorRow(503, 0, {
    meaning: 'The transformer failed',
    remedy: 'A defect of the transformer; its log has the reason.',
  }),
}

export type OriginErrorCode = keyof typeof originErrors

/** What an original is to blame for, before any variant of it: the setting `fallback` shows another picture instead. */
export const originalsFaults = [
  'missing',
  'forbidden',
  'archived',
  'not-an-image',
  'undecodable',
  'over-limit',
] as const satisfies readonly OriginErrorCode[]

/** Whether `code` is one of {@link originalsFaults}. */
export function isOriginalsFault(code: string): boolean {
  return originalsFaults.some((each) => each === code)
}
