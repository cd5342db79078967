import type { EdgeErrorCode } from '../../grammar/edge-errors.ts'
import type { SigningVector } from './vector.ts'

/** One change to the URL of a vector, or to how it is signed. */
export interface RefusalCase {
  name: string
  /** Name of the vector. Default: `one parameter`. */
  of?: string
  /** What of the URL becomes what. */
  change?: readonly [from: string | RegExp, to: string | ((found: string) => string)]
  /** What is signed in place of the vector's text, and with what in place of its secret. */
  sign?: (
    vector: SigningVector,
    secrets: Readonly<Record<string, string>>,
  ) => { text?: string; secret?: string | Buffer }
  /** How the signature is written, in place of base64url. */
  encoding?: 'hex' | 'base64'
  /** Seconds from now to `exp`. Default: an hour. */
  left?: number
  /** Whether the edge cannot read its signing keys. */
  storeOutOfReach?: true
}

/** By the code that the edge answers. */
export const refusalCases: Partial<Record<EdgeErrorCode, readonly RefusalCase[]>> = {
  'signature-wrong': [
    { name: 'other value', change: ['width=800', 'width=801'] },
    { name: 'other parameter', change: ['width=', 'height='] },
    { name: 'parameter added', change: ['width=800', 'width=800&quality=90'] },
    { name: 'parameter added that says the default', change: ['width=800', 'width=800&format=auto'] },
    { name: 'parameter left out', change: ['width=800&', ''] },
    { name: 'embed=any left out', of: 'embed=any', change: ['&embed=any', ''] },
    { name: 'preset expanded', of: 'preset, not expanded', change: ['preset=card', 'width=400&height=300'] },
    { name: 'other key', change: ['chair', 'table'] },
    { name: 'key in capitals', change: ['chair', 'Chair'] },
    { name: 'é of two code points', of: 'key with é of one code point', change: ['%C3%A9', 'e%CC%81'] },
    { name: 'key encoded twice', of: 'key with a space', change: ['%20', '%2520'] },
    { name: '+ for a space in the path', of: 'key with a space', change: ['%20', '+'] },
    { name: '+ in a key as a parameter', of: 'key with +', change: ['/a%2Bb.jpg?', '/?key=a+b.jpg&'] },
    { name: 'exp put off', change: ['exp=2000000000', 'exp=2000000001'] },
    { name: 'other kid', change: ['kid=web', 'kid=web-2'] },
    { name: 'signature of anything else', change: [/sig=.*/, `sig=${'A'.repeat(43)}`] },
    { name: 'one letter of the signature in the other case', change: [/sig=.*/, swapCase] },
    { name: 'other unused bits at the end of the signature', change: [/.$/, nextInAlphabet] },
    {
      name: 'signed with the secret of another kid',
      sign: (_vector, secrets) => ({ secret: secrets['web-2'] }),
    },
    {
      name: 'signed with the secret decoded from base64',
      sign: ({ secret }) => ({ secret: Buffer.from(secret, 'base64url') }),
    },
    { name: 'signed with a newline after the secret', sign: ({ secret }) => ({ secret: `${secret}\n` }) },
    { name: 'signed with a newline after the text', sign: ({ text }) => ({ text: `${text}\n` }) },
    { name: 'signed with a slash before the key', sign: ({ text }) => ({ text: text.replace('\n', '\n/') }) },
    {
      name: 'signed with the key percent-encoded',
      of: 'key with a space',
      sign: ({ text }) => ({ text: text.replace('~', '%') }),
    },
    {
      name: 'signed with the key as it is',
      of: 'key with a space',
      sign: ({ text }) => ({ text: text.replace('~20', ' ') }),
    },
    {
      name: 'signed with escapes in lower case',
      of: 'key with é of one code point',
      sign: ({ text }) => ({ text: text.replace('~C3~A9', '~c3~a9') }),
    },
    {
      name: 'signed with the parameters in order of the alphabet',
      of: 'two sides',
      sign: ({ text }) => ({ text: text.replace('width=800&height=600', 'height=600&width=800') }),
    },
    { name: 'signed with an alias', sign: ({ text }) => ({ text: text.replace('width', 'w') }) },
    {
      name: 'signed with another spelling of a value',
      of: 'aspect',
      sign: ({ text }) => ({ text: text.replace('16-9', '16~3A9') }),
    },
    {
      name: 'signed without the empty line of no parameters',
      of: 'no parameters',
      sign: ({ text }) => ({ text: text.replace('\n\n', '\n') }),
    },
  ],
  'signature-expired': [
    { name: 'a second after clocks may differ', left: -61 },
    { name: 'years ago', left: -500_000_000 },
  ],
  'signature-too-far': [
    { name: 'a second before clocks may differ', left: 604_861 },
    { name: 'exp put off by centuries', change: ['exp=2000000000', 'exp=20000000000'] },
  ],
  'signature-malformed': [
    { name: 'no exp', change: [/exp=\d+&/, ''] },
    { name: 'no kid', change: ['kid=web&', ''] },
    { name: 'no sig', change: [/&sig=.*/, ''] },
    { name: 'escaped for HTML once too often', change: ['&exp', '&amp;exp'] },
    { name: 'empty exp', change: [/exp=\d+/, 'exp='] },
    { name: 'exp with a leading zero', change: ['exp=', 'exp=0'] },
    { name: 'exp of twelve digits', change: ['exp=20', 'exp=2000'] },
    { name: 'exp in milliseconds', change: ['exp=2000000000', 'exp=2000000000000'] },
    { name: 'exp with a fraction', change: ['exp=2000000000', 'exp=2000000000.5'] },
    { name: 'exp with an exponent', change: ['exp=2000000000', 'exp=2e9'] },
    { name: 'exp as a date', change: ['exp=2000000000', 'exp=2033-05-18'] },
    { name: 'empty kid', change: ['kid=web', 'kid='] },
    { name: 'kid in capitals', change: ['kid=web', 'kid=WEB'] },
    { name: 'kid of 33 characters', of: 'kid of 32 characters', change: ['kid=', 'kid=x'] },
    { name: 'empty sig', change: [/sig=.*/, 'sig='] },
    { name: 'sig too short by one', change: [/.$/, ''] },
    { name: 'sig with padding', change: [/$/, '='] },
    { name: 'sig in base64, not base64url', encoding: 'base64' },
    { name: 'sig in hexadecimal', encoding: 'hex' },
  ],
  'signature-unknown-key': [{ name: 'kid of no key', change: ['kid=web', 'kid=retired'] }],
  'signature-no-key': [{ name: 'kid whose secret is too short', change: ['kid=web', 'kid=short'] }],
  'signature-no-store': [{ name: 'signing keys out of reach', storeOutOfReach: true }],
  'needs-signature': [{ name: 'no signature', change: [/&exp=.*/, ''] }],
  repeated: [
    { name: 'exp twice', change: ['&sig=', '&exp=2000000001&sig='] },
    { name: 'sig twice', change: [/&sig=.*/, (found) => found + found] },
    { name: 'parameter and its alias', change: ['width=800', 'width=800&w=800'] },
  ],
  contradiction: [{ name: 'key of another path', change: ['?', '?key=p/table.jpg&'] }],
  'not-canonical': [{ name: 'revision before what is no canonical URL', change: ['?', '?rev=1&'] }],
  'bad-key': [{ name: 'encoded slash', change: ['p/', 'p%2F'] }],
  'bad-value': [{ name: 'value outside its range', change: ['width=800', 'width=9000'] }],
}

/** The first letter behind `sig=` in the other case. */
function swapCase(found: string): string {
  return found.replace(/(?<=sig=[\d_-]*)[A-Za-z]/, (letter) =>
    letter < 'a' ? letter.toLowerCase() : letter.toUpperCase(),
  )
}

/** The next character of base64url: at the end of a signature, one that says the same 256 bits. */
function nextInAlphabet(found: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet.charAt(alphabet.indexOf(found) + 1)
}
