import { given, lost, near, quality, type Rule, readInto, side, take, turn, words } from './rule.ts'
import { decode, type ForeignRequest, readSource, type Service, withFit } from './service.ts'

const fit = words(
  'fit',
  {
    'scale-down': 'inside',
    contain: 'inside',
    cover: 'cover',
    crop: 'cover',
    pad: 'contain',
    squeeze: 'fill',
    'aspect-crop': 'cover',
  },
  { contain: 'a small picture is not enlarged' },
)

const gravity = words(
  'gravity',
  {
    auto: 'attention',
    face: 'attention',
    left: 'west',
    right: 'east',
    top: 'north',
    bottom: 'south',
    center: 'centre',
  },
  { auto: 'skin and saturated colour', face: 'skin and saturated colour, which is mostly faces' },
)

/** Cloudflare Images: `/cdn-cgi/image/OPTIONS/SOURCE`, and `imagedelivery.net` with a variant. */
export const cloudflare: Service = {
  id: 'cloudflare',
  title: 'Cloudflare Images',
  example:
    'https://example.com/cdn-cgi/image/width=400,height=300,fit=cover,gravity=0.3x0.7,format=auto/photos/chair.jpg',
  isOwn: () => true,
  read: ({ host, path }) => readPath(host, path),
  rules: {
    width: side('width'),
    height: side('height'),
    fit,
    gravity: {
      becomes: `${gravity.becomes}, \`XxY\` → \`X_Y\``,
      read: (value, option) =>
        /^[\d.]+x[\d.]+$/.test(value)
          ? readInto('gravity', value.replace('x', '_'))
          : gravity.read(value, option),
    },
    dpr: take('dpr'),
    quality: quality({ high: 'high', 'medium-high': 'high', 'medium-low': 'medium', low: 'low' }),
    format: words('format', { 'baseline-jpeg': 'jpeg' }, { 'baseline-jpeg': 'may be progressive' }),
    anim: {
      becomes: '`animated=0` where it is false',
      read: (value) => ({ set: /^(?:false|0)$/.test(value) ? { animated: '0' } : {} }),
    },
    background: take('background'),
    rotate: turn(),
    flip: words('flip', { h: 'h', v: 'v', hv: 'hv' }),
    brightness: take('brightness'),
    contrast: take('contrast'),
    saturation: take('saturation'),
    blur: near(take('blur'), 'a sigma in pixels of the result, which theirs is not'),
    sharpen: near(take('sharpen'), 'a sigma in pixels of the result, which theirs is not'),
    metadata: words('metadata', { keep: 'all', copyright: 'copyright', none: 'none' }),
    trim: near(words('trim', { border: '10' }), 'a tolerance of 10; numbers of pixels are `crop`'),
    variant: {
      becomes: '`preset`',
      read: (value) =>
        value === 'public'
          ? { set: {} }
          : { set: { preset: value }, warning: 'make a preset of that name in the settings' },
    },
    compression: given('there is no choice of speed'),
    'slow-connection-quality': given('`quality=auto` is `low` there'),
    onerror: lost('a fallback is a setting'),
    gamma: lost('no gamma'),
    border: lost('no borders'),
    segment: lost('nothing is cut out'),
    zoom: lost('no zoom on faces'),
  },
  aliases: {
    w: 'width',
    h: 'height',
    g: 'gravity',
    q: 'quality',
    f: 'format',
    scq: 'slow-connection-quality',
  },
  complete: (set) => withFit(set, 'inside'),
} satisfies Service & { rules: Record<string, Rule> }

function readPath(host: string, path: string): ForeignRequest | undefined {
  const [, written, source] = /^cdn-cgi\/image\/([^/]+)\/(.+)$/.exec(path) ?? []
  if (written !== undefined && source !== undefined) {
    const { key, warnings } = readSource(decode(source))
    return { key, options: splitOptions(written), warnings }
  }
  const [, id, variant] = /^[\w-]+\/(.+)\/([^/]+)$/.exec(host === 'imagedelivery.net' ? path : '') ?? []
  if (id === undefined || variant === undefined) return undefined
  return {
    key: decode(id),
    options: variant.includes('=') ? splitOptions(variant) : [['variant', variant]],
    warnings: ['the id of the image is taken for the key'],
  }
}

function splitOptions(text: string): [string, string][] {
  return decode(text)
    .split(/[,;]/)
    .map((option) => {
      const [name = '', ...value] = option.split('=')
      return [name, value.join('=')]
    })
}
