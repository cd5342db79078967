import type { RequestParameters } from '../../grammar/parameters.ts'

// What the vectors of signing-vectors.json show. Only keys, parameters and changes are written here: texts, signatures and
// URLs are computed.

/** What is signed, and with what. */
export interface VectorCase {
  name: string
  /** Default: `p/chair.jpg`. */
  key?: string
  parameters?: RequestParameters
  /** Default: `web`. */
  kid?: string
  /** Unix time in seconds. Default: 2000000000, in May 2033. */
  exp?: number
}

export const vectorCases: readonly VectorCase[] = [
  { name: 'no parameters' },
  { name: 'one parameter', parameters: { width: 800 } },
  { name: 'two sides', parameters: { width: 800, height: 600 } },
  {
    name: 'many parameters',
    parameters: {
      width: 800,
      height: 600,
      fit: 'contain',
      gravity: 'northwest',
      background: 'ffffff',
      format: 'webp',
      quality: 70,
    },
  },
  {
    name: 'nearly all parameters',
    parameters: {
      width: 400,
      height: 300,
      dpr: 2,
      fit: 'contain',
      gravity: 'southeast',
      enlarge: '1',
      crop: '100_50_800_600',
      trim: 10,
      rotate: '90',
      flip: 'h',
      pad: 20,
      background: '33669980',
      radius: 'max',
      blur: 0.3,
      sharpen: 1.25,
      brightness: 1.1,
      contrast: 0.9,
      saturation: 2,
      hue: 359,
      greyscale: '1',
      tint: 'ff8800',
      overlay: 'marks/logo é.png',
      'overlay-width': 20,
      'overlay-gravity': 'southeast',
      'overlay-margin': 2,
      'overlay-opacity': 50,
      format: 'webp',
      quality: 'high',
      lossless: '1',
      animated: '0',
      page: 3,
      metadata: 'copyright',
      preset: 'card',
      version: '7',
      download: 'chair.webp',
      embed: 'any',
    },
  },
  { name: 'width from hints', parameters: { width: 'auto', dpr: 'auto' } },
  { name: 'whole dpr', parameters: { width: 400, dpr: 2 } },
  { name: 'decimal dpr', parameters: { width: 400, dpr: 1.5 } },
  { name: 'aspect', parameters: { width: 1000, aspect: '16-9' } },
  { name: 'focal point', parameters: { width: 300, height: 300, gravity: '0.30_0.75' } },
  { name: 'crop in pixels', parameters: { crop: '100_50_800_600' } },
  { name: 'crop in shares', parameters: { width: 640, crop: '0.2500_0.0000_0.5000_1.0000' } },
  { name: 'background', parameters: { width: 800, height: 600, fit: 'contain', background: 'ffffff' } },
  { name: 'no background', parameters: { width: 640, background: '00000000', format: 'png' } },
  { name: 'format by Accept', parameters: { width: 800, format: 'auto' } },
  { name: 'format of the original', parameters: { format: 'original' } },
  { name: 'quality as a number', parameters: { format: 'jpeg', quality: 70 } },
  { name: 'quality as a word', parameters: { quality: 'low' } },
  { name: 'still of an animation', key: 'p/spinner.gif', parameters: { width: 64, animated: '0' } },
  { name: 'first page', key: 'p/book.tif', parameters: { page: 0 } },
  { name: 'preset, not expanded', parameters: { preset: 'card' } },
  { name: 'preset and width', parameters: { width: 333, preset: 'card' } },
  { name: 'version with dots', parameters: { width: 320, version: '2026.11.3-rc_1' } },
  { name: 'embed=any', parameters: { width: 800, embed: 'any' } },
  { name: 'value outside the alphabet', parameters: { preset: '50%~é' } },

  { name: 'key of one character', key: 'a', parameters: { width: 800 } },
  { name: 'key in capitals', key: 'P/CHAIR.JPG', parameters: { width: 800 } },
  { name: 'key with é of one code point', key: 'caf\u00e9.jpg', parameters: { width: 800 } },
  { name: 'key with é of two code points', key: 'cafe\u0301.jpg', parameters: { width: 800 } },
  { name: 'key with a space', key: 'my chair.jpg', parameters: { width: 800 } },
  { name: 'key with a no-break space', key: 'my\u00a0chair.jpg', parameters: { width: 800, format: 'auto' } },
  { name: 'key with +', key: 'a+b.jpg', parameters: { width: 800 } },
  { name: 'key with %', key: '100%.jpg', parameters: { width: 800 } },
  { name: 'key that looks percent-encoded', key: 'a%20b.jpg', parameters: { width: 800 } },
  { name: 'key with ~', key: '~user/a~b.jpg', parameters: { width: 800 } },
  { name: 'key that looks tilde-encoded', key: 'a~20b.jpg', parameters: { width: 800 } },
  { name: 'key with quotes', key: `it's "a" chair.jpg`, parameters: { width: 800 } },
  { name: "key with !'()*", key: "a!b'(c)*.jpg", parameters: { width: 800 } },
  { name: 'key with #', key: 'a#1.jpg', parameters: { width: 800 } },
  { name: 'key with ?', key: 'what?.jpg', parameters: { width: 800 } },
  { name: 'key with &', key: 'a&b.jpg', parameters: { width: 800 } },
  { name: 'key with =', key: 'a=b.jpg', parameters: { width: 800 } },
  { name: 'key with a query of its own', key: 'a?width=1&sig=x#y', parameters: { width: 800 } },
  { name: 'key with other marks', key: '$,:;@/[a]{b}/<c>|^`\\.jpg', parameters: { width: 800 } },
  { name: 'key with emoji', key: 'p/🪑👩‍🎨.jpg', parameters: { width: 800 } },
  { name: 'key in Chinese', key: '产品/椅子.jpg', parameters: { width: 800 } },
  { name: 'key in Arabic', key: 'منتجات/كرسي.jpg', parameters: { width: 800 } },
  { name: 'key of many folders', key: '2026/11/30/a/b/c/d/e/f/g/h/i/j/k/chair.jpg' },
  { name: 'key with dots', key: '.well-known/..a/b...c/d.', parameters: { width: 800 } },
  { name: 'key of 1,024 bytes', key: `${'椅'.repeat(340)}.jpg`, parameters: { width: 800 } },

  { name: 'exp of eleven digits', parameters: { width: 800 }, exp: 10_000_000_000 },
  { name: 'exp one second later', parameters: { width: 800 }, exp: 2_000_000_001 },
  { name: 'second key and secret', parameters: { width: 800 }, kid: 'web-2' },
  { name: 'kid of one character', parameters: { width: 800 }, kid: 'k' },
  { name: 'kid of 32 characters', parameters: { width: 800 }, kid: 'a-kid-of-32-characters-012345678' },
  { name: 'secret of 64 bytes', parameters: { width: 800 }, kid: 'secret-64' },
  { name: 'secret of 128 bytes', parameters: { width: 800 }, kid: 'secret-128' },
  { name: 'secret beyond ASCII', parameters: { width: 800 }, kid: 'secret-utf-8' },
]

/**
 * Other requests that carry the signature of a vector, by its name. `{proof}` stands for `exp=…&kid=…&sig=…`, and `{exp}`,
 * `{kid}` and `{sig}` for what is in there.
 */
export const respellingCases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'one parameter': {
    alias: '/p/chair.jpg?w=800&{proof}',
    'name in capitals': '/p/chair.jpg?WIDTH=800&{proof}',
    'leading zero': '/p/chair.jpg?width=0800&{proof}',
    'percent-encoded name and value': '/p/chair.jpg?%77=%3800&{proof}',
    'percent-encoded letters in the path': '/%70/ch%61ir%2Ejpg?width=800&{proof}',
    'unknown parameters': '/p/chair.jpg?utm_source=x&width=800&fbclid=y&{proof}&_=1',
    'empty pieces': '/p/chair.jpg?&&width=800&&{proof}&',
    'key as a parameter': '/?key=p/chair.jpg&width=800&{proof}',
    'key as a parameter, encoded': '/?key=p%2Fchair%2Ejpg&width=800&{proof}',
    'key in path and parameter': '/p/chair.jpg?width=800&key=p/chair.jpg&{proof}',
  },
  'two sides': {
    'other order': '/p/chair.jpg?height=600&width=800&{proof}',
    'signature first': '/p/chair.jpg?sig={sig}&exp={exp}&kid={kid}&h=600&w=800',
    'signature in capitals, between parameters': '/p/chair.jpg?H=600&SIG={sig}&W=800&KID={kid}&EXP={exp}',
  },
  'key with a space': {
    '+ for a space in a parameter': '/?key=my+chair.jpg&width=800&{proof}',
    '%20 for a space in a parameter': '/?key=my%20chair.jpg&width=800&{proof}',
  },
  'key with +': {
    'bare + in the path': '/a+b.jpg?width=800&{proof}',
    '%2B in a parameter': '/?key=a%2Bb.jpg&width=800&{proof}',
  },
  "key with !'()*": { 'bare marks in the path': "/a!b'(c)*.jpg?width=800&{proof}" },
  'key with ~': { 'percent-encoded ~': '/%7Euser/a%7eb.jpg?width=800&{proof}' },
  'key with é of one code point': { 'escapes in lower case': '/caf%c3%a9.jpg?width=800&{proof}' },
  'whole dpr': { decimals: '/p/chair.jpg?dpr=2.00&width=400&{proof}' },
  aspect: {
    'with a colon': '/p/chair.jpg?width=1000&ar=16:9&{proof}',
    'in other terms': '/p/chair.jpg?width=1000&ar=32-18&{proof}',
  },
  'focal point': { 'other decimals': '/p/chair.jpg?w=300&h=300&g=.3_0.752&{proof}' },
  'crop in shares': { 'fewer decimals': '/p/chair.jpg?crop=0.25_0_.5_1.0&w=640&{proof}' },
  background: {
    'colour of three digits, fit by alias': '/p/chair.jpg?w=800&h=600&fit=PAD&bg=%23FFF&{proof}',
  },
  'no background': { 'colour by name': '/p/chair.jpg?w=640&bg=transparent&f=PNG&{proof}' },
  'quality as a number': { 'jpg for jpeg': '/p/chair.jpg?q=70&fm=jpg&{proof}' },
  'preset, not expanded': { 'name of a preset in capitals': '/p/chair.jpg?preset=CARD&{proof}' },
  'format by Accept': {
    'canonical URL': '/p/chair.jpg?rev=1&width=800&format=auto.avif&{proof}',
    'canonical URL for other viewers': '/p/chair.jpg?rev=1&width=800&format=auto&{proof}',
  },
  'key with a no-break space': {
    'canonical URL with an escape': '/my~C2~A0chair.jpg?rev=1&width=800&format=auto&{proof}',
  },
}

/** Seconds from now to `exp` at which a vector is accepted still, or already, by what is special about them. */
export const acceptedTimes: Readonly<Record<string, number>> = {
  'in its last second': 0,
  'late by as much as clocks may differ': -60,
  'for the whole lifetime': 604_800,
  'early by as much as clocks may differ': 604_860,
}
