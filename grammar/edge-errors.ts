import { documented } from './documented.ts'
import { errorRow } from './error-row.ts'

/**
 * What the edge function refuses by itself, before the cache and without a Lambda. CloudFront does not cache
 * answers of a function, so the seconds are for browsers.
 */
export const edgeErrors = {
  'bad-key': errorRow(
    400,
    60,
    documented && {
      meaning: 'This is not the key of an original',
      remedy:
        'The path (or `key`) names an object in the bucket: at most 1,024 bytes of UTF-8, percent-encoded once, without empty, `.` or `..` segments, `%2F` or control characters.',
    },
  ),
  'bad-value': errorRow(
    400,
    60,
    documented && {
      meaning: 'A parameter has a value that it cannot have',
      remedy: 'The answer names the parameter, what it takes and what was received.',
    },
  ),
  repeated: errorRow(
    400,
    60,
    documented && {
      meaning: 'A parameter is given more than once',
      remedy: 'Give each parameter once; an alias counts as its parameter.',
    },
  ),
  contradiction: errorRow(
    400,
    60,
    documented && {
      meaning: 'Two parameters contradict each other',
      remedy: 'The answer says which combination was expected.',
    },
  ),
  'not-canonical': errorRow(
    400,
    60,
    documented && {
      meaning: 'This canonical URL is not one that Fovea writes',
      remedy:
        'A URL that begins with `rev=` must be exactly as `x-fovea-key` shows it. Leave `rev` out to have a URL read as a request.',
    },
  ),
  internal: errorRow(
    503,
    0,
    documented && {
      meaning: 'The edge could not read this request',
      remedy: 'A defect of the edge function itself; please report the URL.',
    },
  ),
}

export type EdgeErrorCode = keyof typeof edgeErrors
