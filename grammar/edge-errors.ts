import { errorRow } from './error-row.ts'

/**
 * What the edge function refuses by itself, before the cache and without a Lambda. CloudFront does not cache answers of a
 * function, so the seconds are for browsers: none, since what is refused may be mended, signed or shown elsewhere the next
 * moment.
 */
export const edgeErrors = {
  'bad-key': errorRow(400, 0, {
    meaning: 'This is not the key of an original',
    remedy:
      'The path (or `key`) names an object in the bucket: at most 1,024 bytes of UTF-8, percent-encoded once, without empty, `.` or `..` segments, `%2F` or control characters.',
  }),
  'bad-value': errorRow(400, 0, {
    meaning: 'A parameter has a value that it cannot have',
    remedy: 'The answer names the parameter, what it takes and what was received.',
  }),
  'too-many': errorRow(400, 0, {
    meaning: 'The query has too many parameters',
    remedy: 'At most 99, between `&`s, those that mean nothing here and empty ones included.',
  }),
  repeated: errorRow(400, 0, {
    meaning: 'A parameter is given more than once',
    remedy: 'Give each parameter once; an alias counts as its parameter.',
  }),
  contradiction: errorRow(400, 0, {
    meaning: 'Two parameters contradict each other',
    remedy: 'The answer says which combination was expected.',
  }),
  'not-canonical': errorRow(400, 0, {
    meaning: 'This canonical URL is not one that Fovea writes',
    remedy:
      'A URL that begins with `rev=` must be exactly as `x-fovea-key` shows it. Leave `rev` out to have a URL read as a request.',
  }),
  'needs-signature': errorRow(403, 0, {
    meaning: 'This needs a signature',
    remedy:
      'Without one, only what the answer lists may be asked of this key, or nothing at all; a backend signs the rest ([access.md](access.md)).',
  }),
  guarded: errorRow(403, 0, {
    meaning: 'CloudFront guards this original',
    remedy:
      'It is served only under its own path, to whoever has a URL or cookie signed for CloudFront ([access.md](access.md)).',
  }),
  hotlink: errorRow(403, 0, {
    meaning: 'Pages of this host may not show the picture',
    remedy:
      'The settings list the hosts that may; a signed URL with `embed=any` may be shown everywhere. With `hotlinks.placeholder` the status is 302, and the browser shows that instead.',
  }),
  'signature-malformed': errorRow(403, 0, {
    meaning: 'The signature is incomplete or misspelt',
    remedy:
      '`exp` is Unix time in seconds, `kid` 1–32 of `a-z0-9-`, `sig` 43 of `A-Za-z0-9_-`; all three are needed.',
  }),
  'signature-expired': errorRow(403, 0, {
    meaning: 'The signature has expired',
    remedy: '`exp` has passed: sign again.',
  }),
  'signature-too-far': errorRow(403, 0, {
    meaning: 'The signature would be valid for too long',
    remedy: '`exp` lies further ahead than the settings allow: sign for a shorter time.',
  }),
  'signature-unknown-key': errorRow(403, 0, {
    meaning: 'The signing key is not known',
    remedy:
      'There is no key of that `kid`, or an empty one: it was retired, or has not yet reached the edge, which takes seconds.',
  }),
  'signature-no-key': errorRow(403, 0, {
    meaning: 'The signing key cannot be used',
    remedy: 'What the store holds for that `kid` is too short for a secret: `npx fovea keys rotate`.',
  }),
  'signature-no-store': errorRow(403, 0, {
    meaning: 'The signing keys cannot be read',
    remedy: 'The KeyValueStore is out of reach. Nothing signed is served until it is back.',
  }),
  'signature-wrong': errorRow(403, 0, {
    meaning: 'The signature does not belong to this URL',
    remedy: 'Key, parameters, `exp` and `kid` must be those that were signed, and the secret that of `kid`.',
  }),
  internal: errorRow(503, 0, {
    meaning: 'The edge could not read this request',
    remedy: 'A defect of the edge function itself; please report the URL.',
  }),
}

export type EdgeErrorCode = keyof typeof edgeErrors
