/** Bytes of the longest URL that CloudFront takes. Source: CloudFront developer guide, "Quotas". */
export const maxUrlBytes = 8192

/** URLs of that length, each of a shape that careless code takes long for: path and query. */
export const longUrls: Readonly<Record<string, readonly [path: string, query?: string]>> = {
  separators: ['/a.jpg', fill('&', 7)],
  'encoded percent signs in the query': ['/a.jpg', `width=${fill('%25', 13)}`],
  'encoded percent signs in the path': [`/${fill('%25', 1)}`],
  'broken escapes': ['/a.jpg', `width=${fill('%', 13)}`],
  'one long value': ['/a.jpg', `width=${fill('9', 13)}`],
  'one long value of what is kept': ['/a.jpg', `version=${fill('a', 15)}`],
  'one long unknown value': ['/a.jpg', `x=${fill('a', 9)}`],
  'one long name': ['/a.jpg', fill('w', 7)],
  'one long key': ['/', `key=${fill('a', 6)}`],
  'one long key of tildes': ['/', `key=${fill('~', 6)}`],
  'one long overlay of pictograms': ['/a.jpg', `overlay=${'🦊'.repeat(2000)}`],
  'keys of tildes, in path, key and overlay': [
    `/${'~'.repeat(1024)}`,
    `key=${'~'.repeat(1024)}&overlay=${fill('~', 2066)}`,
  ],
  'a path of tildes, parameters of two letters': [`/${'~'.repeat(7000)}`, fill('x=1&', 7004)],
  'as many pieces as are read, of escapes': ['/a.jpg', `${'%7E=%7E&'.repeat(98)}version=${fill('a', 799)}`],
  'equals signs': ['/a.jpg', fill('=', 7)],
  'plus signs': ['/a.jpg', `version=${fill('+', 15)}`],
  'parameters of two letters': ['/a.jpg', fill('x=1&', 7)],
  'names without values': ['/a.jpg', fill('w&', 7)],
  'encoded names': ['/a.jpg', fill('%78=%78&', 7)],
  'a long box': ['/a.jpg', `crop=${fill('1_', 12)}`],
  'a long ratio': ['/a.jpg', `aspect=${fill('1-', 14)}`],
  'a long ratio of colons': ['/a.jpg', `aspect=${fill('1:', 14)}`],
  'a long box of dots': ['/a.jpg', `crop=${fill('.', 12)}`],
  'a long focal point': ['/a.jpg', `gravity=${fill('0', 18)}_0`],
  'a long colour': ['/a.jpg', `background=${fill('f', 18)}`],
  'tildes in a path': [`/${fill('~', 1)}`],
  slashes: [fill('/', 0)],
  'slashes between letters': [fill('/a', 0)],
  dots: [`/${fill('.', 1)}`],
  'dots between slashes': [fill('/..', 0)],
  'accented letters': [`/${fill('%C3%A9', 1)}`],
  pictograms: [`/${fill('%F0%9F%A6%8A', 1)}`],
  'pictograms, as they are': [`/${'🦊'.repeat(2000)}`],
  'characters that the encoder leaves': [`/${fill("!'()*", 1)}`],
  'canonical, of tildes': [`/${fill('~7E', 19)}`, 'rev=1&format=auto'],
  'canonical, of a long revision': ['/a.jpg', `rev=${fill('1', 24)}&format=auto`],
  'canonical, of many classes': ['/a.jpg', `rev=1${fill('&format=auto.avif', 12)}`],
  'a long signature': ['/a.jpg', `exp=1700003600&kid=k1&sig=${fill('A', 33)}`],
  'a long key id': ['/a.jpg', `exp=1700003600&sig=${'A'.repeat(43)}&kid=${fill('k', 75)}`],
  'many signatures': ['/a.jpg', fill('sig=A&', 7)],
}

/** `piece` again and again, up to {@link maxUrlBytes} with `taken` bytes of something else. */
function fill(piece: string, taken: number): string {
  return piece.repeat(Math.floor((maxUrlBytes - taken) / piece.length))
}

/** Bytes of all headers that CloudFront takes, nearly: names take some. Source: CloudFront developer guide, "Quotas". */
const maxHeaderBytes = 20_000

/** Headers of that length, by name, that a careless pattern takes long for. */
export const longHeaders: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'commas in Accept': { accept: ','.repeat(maxHeaderBytes) },
  'weights in Accept': { accept: `image/avif${'; q=0'.repeat(maxHeaderBytes / 5 - 2)}` },
  'labels in Referer': { referer: `https://${'a.'.repeat(maxHeaderBytes / 2 - 4)}` },
  'dots in Referer': { referer: `https://${'.'.repeat(maxHeaderBytes - 8)}` },
  'letters in a token': { 'x-fovea-explain': 'x'.repeat(maxHeaderBytes) },
}
