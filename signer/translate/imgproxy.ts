import { given, lost, near, on, quality, type Rule, readInto, side, take, turn, words } from './rule.ts'
import { decode, type ForeignRequest, readSource, type Service, withFit } from './service.ts'

const gravity = words(
  'gravity',
  {
    ce: 'centre',
    no: 'north',
    so: 'south',
    ea: 'east',
    we: 'west',
    noea: 'northeast',
    nowe: 'northwest',
    soea: 'southeast',
    sowe: 'southwest',
    sm: 'attention',
    obj: 'attention',
  },
  { obj: 'skin and saturated colour, not objects' },
)

const type = words(
  'fit',
  { fit: 'inside', fill: 'cover', 'fill-down': 'cover', force: 'fill', auto: 'cover' },
  { auto: 'always cuts to the box' },
)

/** The options that `resize` and `size` stand for, in their order. */
const metaOptions: Readonly<Record<string, readonly string[]>> = {
  resize: ['resizing_type', 'width', 'height', 'enlarge', 'extend'],
  size: ['width', 'height', 'enlarge', 'extend'],
}

/** imgproxy: `/SIGNATURE/OPTIONS/plain/SOURCE@EXTENSION`, or the source in base64. The common options. */
export const imgproxy: Service = {
  id: 'imgproxy',
  title: 'imgproxy',
  example:
    'https://imgproxy.example.com/insecure/rs:fill:300:200/g:fp:0.3:0.7/q:80/plain/s3://photos/products/chair.jpg@webp',
  isOwn: ({ path }) => /\/plain\//.test(path),
  read: ({ path }) => readPath(path),
  rules: {
    resizing_type: type,
    width: side('width'),
    height: side('height'),
    enlarge: on({ enlarge: '1' }),
    extend: {
      becomes: '`fit=contain`',
      read: (value) => (/^(?:1|t|true)/.test(value) ? { set: { fit: 'contain' } } : { set: {} }),
    },
    gravity: {
      becomes: `${gravity.becomes}, \`fp:X:Y\` → \`X_Y\`; offsets **lost**`,
      read: (value, option) => {
        const [word = '', x = '', y = ''] = value.split(':')
        if (word === 'fp') return readInto('gravity', `${x}_${y}`)
        const reading = gravity.read(word, option)
        return /[1-9]/.test(x + y) && reading.set
          ? { ...reading, warning: 'there are no offsets', lost: true }
          : reading
      },
    },
    dpr: take('dpr'),
    quality: {
      becomes: `${quality().becomes}; \`0\` → nothing`,
      read: (value, option) => (value === '0' ? { set: {} } : quality().read(value, option)),
    },
    format: words('format', { jpg: 'jpeg' }),
    background: {
      becomes: '`background`, of three numbers too',
      read: (value) => readInto('background', formatColour(value)),
    },
    blur: near(take('blur'), 'in pixels of the result'),
    sharpen: near(take('sharpen'), 'in pixels of the result'),
    rotate: turn(),
    flip: {
      becomes: '`flip`',
      read: (value) => {
        const [horizontal, vertical] = value.split(':').map((each) => /^(?:1|t|true)$/.test(each))
        const sides = (horizontal ? 'h' : '') + (vertical ? 'v' : '')
        return { set: sides ? { flip: sides } : {} }
      },
    },
    padding: { becomes: '`pad`, where all sides are one', read: (value) => readInto('pad', value) },
    trim: {
      becomes: '`trim`',
      read: (value) => readInto('trim', String(Math.round(Number(value.split(':')[0] || '10')))),
    },
    auto_rotate: {
      becomes: 'nothing: pictures are upright; `0` **lost**',
      read: (value) =>
        /^(?:0|f|false)$/.test(value) ? { warning: 'pictures are always upright' } : { set: {} },
    },
    strip_metadata: {
      becomes: '`metadata=all` where it is off',
      read: (value) => ({ set: /^(?:0|f|false)$/.test(value) ? { metadata: 'all' } : {} }),
    },
    keep_copyright: on({ metadata: 'copyright' }),
    strip_color_profile: given('colours are converted to what all screens know'),
    enforce_thumbnail: given('the picture itself is read'),
    preset: {
      becomes: '`preset`',
      read: (value) => ({ set: { preset: value }, warning: 'make a preset of that name in the settings' }),
    },
    cachebuster: take('version'),
    filename: take('download'),
    return_attachment: on({ download: '1' }),
    page: take('page'),
    disable_animation: on({ animated: '0' }),
    crop: lost('a crop by size and gravity; `crop` here is by its corner'),
    watermark: lost('see `overlay` of url.md: its picture lies under the prefix of the settings'),
    zoom: lost('no zoom: multiply the sides'),
    'min-width': lost('no least side'),
    'min-height': lost('no least side'),
    max_bytes: lost('no limit of bytes'),
    raw: lost('originals are not passed on'),
    expires: lost('sign anew with `fovea sign`'),
    signature: lost('sign anew with `fovea sign`'),
  } satisfies Record<string, Rule>,
  aliases: {
    rt: 'resizing_type',
    w: 'width',
    h: 'height',
    el: 'enlarge',
    ex: 'extend',
    g: 'gravity',
    q: 'quality',
    f: 'format',
    ext: 'format',
    bg: 'background',
    bl: 'blur',
    sh: 'sharpen',
    rot: 'rotate',
    fl: 'flip',
    pd: 'padding',
    t: 'trim',
    ar: 'auto_rotate',
    sm: 'strip_metadata',
    kcr: 'keep_copyright',
    scp: 'strip_color_profile',
    eth: 'enforce_thumbnail',
    pr: 'preset',
    cb: 'cachebuster',
    fn: 'filename',
    att: 'return_attachment',
    pg: 'page',
    da: 'disable_animation',
    c: 'crop',
    wm: 'watermark',
    z: 'zoom',
    mw: 'min-width',
    mh: 'min-height',
    mb: 'max_bytes',
    exp: 'expires',
  },
  complete: (set) => withFit(set, 'inside'),
}

function readPath(path: string): ForeignRequest | undefined {
  const [signature = '', ...parts] = path.split('/')
  const end = parts.findIndex((part) => !/^[a-z_-]+:/.test(part) || part === 'plain')
  if (end < 0) return undefined
  const options: [string, string][] = parts.slice(0, end).flatMap((part) => splitOption(decode(part)))
  if (!/^(?:insecure|unsafe|_)$/.test(signature)) options.push(['signature', signature])
  const [source, extension] = readSourcePart(parts.slice(end))
  if (source === undefined) return undefined
  if (extension) options.push(['format', extension])
  return { options, ...readSource(source) }
}

function readSourcePart(parts: readonly string[]): [source: string | undefined, extension: string] {
  if (parts[0] === 'plain') {
    const [, source = '', extension = ''] = /^(.*?)(?:@(\w+))?$/.exec(parts.slice(1).join('/')) ?? []
    return [decode(source), extension]
  }
  const [, encoded = '', extension = ''] = /^([\w-]+)=*(?:\.(\w+))?$/.exec(parts.join('')) ?? []
  const source = Buffer.from(encoded, 'base64url').toString('utf8')
  return [/^[a-z\d]+:\/\//i.test(source) ? source : undefined, extension]
}

function splitOption(part: string): [string, string][] {
  const [sent = '', ...values] = part.split(':')
  const meta = sent === 'rs' ? 'resize' : sent === 's' ? 'size' : sent
  const names = Object.hasOwn(metaOptions, meta) ? metaOptions[meta] : undefined
  if (!names) return [[sent, values.join(':')]]
  return names.flatMap((name, index): [string, string][] => (values[index] ? [[name, values[index]]] : []))
}

function formatColour(value: string): string {
  const bytes = value.split(':')
  return bytes.length === 3 ? bytes.map((byte) => Number(byte).toString(16).padStart(2, '0')).join('') : value
}
