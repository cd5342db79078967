import { ditQuery } from './dit-query.ts'
import {
  given,
  lost,
  near,
  on,
  quality,
  type Rule,
  readInto,
  scaled,
  side,
  signatureLost,
  take,
  turn,
  words,
} from './rule.ts'
import type { Service } from './service.ts'

/** Compass points and strategies in sharp's words. */
const position = words('gravity', {
  centre: 'centre',
  center: 'centre',
  top: 'north',
  'right top': 'northeast',
  right: 'east',
  'right bottom': 'southeast',
  bottom: 'south',
  'left bottom': 'southwest',
  left: 'west',
  'left top': 'northwest',
  attention: 'attention',
  entropy: 'entropy',
})

const colour: Rule = {
  becomes: '`background`',
  read: (value) => readInto('background', formatColour(value)),
}

/** AWS's Dynamic Image Transformation, a request in JSON and base64 as the path. */
export const ditBase64: Service = {
  id: 'dit-base64',
  title: 'AWS Dynamic Image Transformation, base64',
  example: `https://d111111abcdef8.cloudfront.net/${Buffer.from(
    '{"bucket":"photos","key":"chair.jpg","edits":{"resize":{"width":300,"fit":"cover"},"grayscale":true}}',
  ).toString('base64')}`,
  isOwn: () => true,
  read: ({ path, query }) => {
    const request = readJson(path)
    if (!request || typeof request.key !== 'string') return undefined
    const { key, ...rest } = request
    return { key, options: [...flatten(rest, ''), ...new URLSearchParams(query)] }
  },
  rules: {
    bucket: given('the deployment’s own'),
    outputFormat: take('format'),
    'edits.toFormat': take('format'),
    'edits.resize.width': side('width'),
    'edits.resize.height': side('height'),
    'edits.resize.fit': ditQuery.rules.fit ?? lost(''),
    'edits.resize.position': position,
    'edits.resize.background': colour,
    'edits.resize.withoutEnlargement': {
      becomes: '`enlarge=1` where it is false',
      read: (value) => ({ set: value === 'false' ? { enlarge: '1' } : {} }),
    },
    'edits.rotate': turn(),
    'edits.flip': {
      becomes: '`flip=v`, with `flop` `hv`',
      read: (value, option) =>
        value === 'true' ? { set: { flip: option('edits.flop') === 'true' ? 'hv' : 'v' } } : { set: {} },
    },
    'edits.flop': {
      becomes: '`flip=h`, with `flip` `hv`',
      read: (value, option) =>
        value === 'true' ? { set: { flip: option('edits.flip') === 'true' ? 'hv' : 'h' } } : { set: {} },
    },
    'edits.grayscale': on({ greyscale: '1' }),
    'edits.blur': scaled('blur', (sigma) => sigma, 'the same sigma', 'in pixels of the result'),
    'edits.sharpen': near(take('sharpen'), 'in pixels of the result'),
    'edits.tint': { becomes: '`tint`', read: (value) => readInto('tint', formatColour(value)) },
    'edits.flatten.background': colour,
    'edits.flatten': given('a background is enough'),
    'edits.jpeg.quality': quality(),
    'edits.smartCrop': near(
      { becomes: '`gravity=attention`', read: () => ({ set: { gravity: 'attention' } }) },
      'skin and saturated colour, not the face of an index',
    ),
    'edits.roundCrop': near(
      { becomes: '`radius=max`', read: () => ({ set: { radius: 'max' } }) },
      'over the whole picture',
    ),
    'edits.overlayWith': lost('see `overlay` of url.md: its picture lies under the prefix of the settings'),
    'edits.contentModeration': lost('no moderation'),
    headers: lost('answers have the headers of the deployment'),
    signature: signatureLost,
    expires: signatureLost,
  },
  aliases: {
    'edits.greyscale': 'edits.grayscale',
    'edits.resize.gravity': 'edits.resize.position',
    'edits.webp.quality': 'edits.jpeg.quality',
    'edits.avif.quality': 'edits.jpeg.quality',
    'edits.png.quality': 'edits.jpeg.quality',
  },
}

function readJson(path: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(decodeURIComponent(path), 'base64').toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The leaves of a request by their paths; a colour is one. */
function flatten(value: object, prefix: string): [string, string][] {
  return Object.entries(value).flatMap(([name, each]: [string, unknown]): [string, string][] => {
    const path = `${prefix}${name}`
    if (typeof each !== 'object' || each === null) return [[path, String(each)]]
    if ('r' in each && 'g' in each && 'b' in each) return [[path, JSON.stringify(each)]]
    const leaves = flatten(each, `${path}.`)
    return leaves.length > 0 ? leaves : [[path, 'true']]
  })
}

/** `{"r":255,"g":0,"b":0,"alpha":1}` as hex; other texts as they are. */
function formatColour(text: string): string {
  if (!text.startsWith('{')) return text
  const { r, g, b, alpha = 1 } = JSON.parse(text) as Record<string, number>
  const bytes = [r, g, b, alpha * 255].map((part) => Math.round(Number(part)))
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
