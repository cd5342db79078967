import {
  fromPercent,
  given,
  lost,
  quality,
  type Reading,
  type Rule,
  readInto,
  scaled,
  side,
  type TextParameters,
  take,
  words,
} from './rule.ts'
import { decode, type ForeignRequest, readSource, type Service, withFit } from './service.ts'

/** A component of transformations: `c_fill,g_face,w_300`. */
const component = /^(?:[a-z]{1,3}_[^,/]+)(?:,[a-z]{1,3}_[^,/]+)*$/

/** All crop modes but `crop`. */
const fit = words(
  'fit',
  {
    scale: 'fill',
    fit: 'inside',
    limit: 'inside',
    mfit: 'inside',
    fill: 'cover',
    lfill: 'cover',
    pad: 'contain',
    lpad: 'contain',
    thumb: 'cover',
    auto: 'cover',
  },
  {
    thumb: 'the face is found by `gravity` alone',
    auto: 'its part is chosen by `gravity` alone',
    mfit: 'a small picture is enlarged as `fit` does',
  },
)

const mode: Rule = {
  becomes: `${fit.becomes}; \`crop\` with \`x\`, \`y\`, \`w\`, \`h\` → \`crop\``,
  read: (value, option) =>
    value !== 'crop'
      ? fit.read(value, option)
      : readBox(option)
        ? { set: {} }
        : { warning: 'a crop without x, y, w and h depends on the size of the original' },
}

/** Cloudinary's image transformations in the URL, the common ones. */
export const cloudinary: Service = {
  id: 'cloudinary',
  title: 'Cloudinary',
  example:
    'https://res.cloudinary.com/demo/image/upload/c_fill,g_face,w_300,h_200/f_auto,q_auto/v1312461204/products/chair.jpg',
  isOwn: ({ host, path }) =>
    /(?:^|\.)cloudinary\.com$/.test(host) || /\/image\/(?:upload|fetch)\//.test(path),
  read: ({ path }) => readPath(path),
  rules: {
    w: side('width'),
    h: side('height'),
    ar: take('aspect'),
    c: mode,
    g: words(
      'gravity',
      {
        center: 'centre',
        north: 'north',
        north_east: 'northeast',
        east: 'east',
        south_east: 'southeast',
        south: 'south',
        south_west: 'southwest',
        west: 'west',
        north_west: 'northwest',
        auto: 'attention',
        face: 'attention',
        faces: 'attention',
      },
      {
        auto: 'skin and saturated colour',
        face: 'skin and saturated colour, which is mostly faces',
        faces: 'skin and saturated colour, which is mostly faces',
      },
    ),
    x: given('part of `c_crop`'),
    y: given('part of `c_crop`'),
    dpr: words('dpr', { auto: 'auto' }),
    f: words('format', { auto: 'auto', jpg: 'jpeg' }),
    q: quality({
      auto: 'auto',
      'auto:low': 'low',
      'auto:eco': 'low',
      'auto:good': 'medium',
      'auto:best': 'high',
    }),
    b: { becomes: '`background`', read: (value) => readInto('background', value.replace(/^rgb:/, '')) },
    r: take('radius'),
    a: {
      becomes: '`90`, `180`, `270` → `rotate`; `hflip` → `flip=h`, `vflip` → `flip=v`',
      read: (value) =>
        /^[hv]flip$/.test(value) ? { set: { flip: value.charAt(0) } } : readInto('rotate', value),
    },
    e: {
      becomes:
        '`grayscale` → `greyscale=1`, `saturation:n`, `brightness:n`, `contrast:n` → 1 + n/100, `hue:n`; others **lost**',
      read: (value) => readEffect(value),
    },
    t: {
      becomes: '`preset`',
      read: (value) => ({ set: { preset: value }, warning: 'make a preset of that name in the settings' }),
    },
    v: take('version'),
    pg: {
      becomes: '`page`, which counts from 0',
      read: (value) => readInto('page', String(Number(value) - 1)),
    },
    fl: {
      becomes:
        '`attachment` → `download=1`; `progressive`, `strip_profile`, `lossy`, `animated` → nothing; others **lost**',
      read: (value) =>
        /^attachment/.test(value)
          ? { set: { download: '1' } }
          : /^(?:progressive|strip_profile|lossy|animated|force_strip)/.test(value)
            ? { set: {} }
            : { warning: 'no such flag' },
    },
    l: lost('see `overlay` of url.md: its picture lies under the prefix of the settings'),
    u: lost('nothing is laid under a picture but a colour'),
    o: lost('no opacity of the picture itself'),
    bo: lost('no borders'),
    s: lost('sign anew with `fovea sign`'),
  },
  complete: (set, option) => {
    const box = option('c') === 'crop' && readBox(option)
    if (box) return { ...set, ...box, width: undefined, height: undefined }
    // Cloudinary scales to both sides where nothing else is said.
    return withFit(set, 'fill')
  },
}

/** `c_crop` with all its numbers. */
function readBox(option: (name: string) => string): TextParameters | undefined {
  return readInto('crop', ['x', 'y', 'w', 'h'].map(option).join('_')).set
}

function readEffect(value: string): Reading {
  const [name = '', amount = ''] = value.split(':')
  if (name === 'grayscale') return { set: { greyscale: '1' } }
  const effect = Object.hasOwn(effects, name) ? effects[name] : undefined
  return effect?.read(amount, () => '') ?? { warning: 'no such effect' }
}

const effects: Readonly<Record<string, Rule>> = {
  saturation: scaled('saturation', fromPercent, '', 'about the same'),
  brightness: scaled('brightness', fromPercent, '', 'about the same'),
  contrast: scaled('contrast', fromPercent, '', 'about the same'),
  hue: scaled('hue', (value) => Math.round(value * 3.6 + 360) % 360, '', 'about the same'),
  blur: lost('another scale: try `blur`, a sigma in pixels'),
  sharpen: lost('another scale: try `sharpen`, a sigma in pixels'),
}

function readPath(path: string): ForeignRequest | undefined {
  const [, kind = '', rest] = /(?:^|\/)image\/(upload|fetch)\/(.*)$/.exec(path) ?? []
  if (rest === undefined) return undefined
  const options: [string, string][] = []
  const warnings: string[] = []
  const parts = rest.split('/')
  let components = 0
  for (let part = decode(parts[0] ?? ''); ; part = decode(parts[0] ?? '')) {
    if (/^s--[\w-]+--$/.test(part)) options.push(['s', part])
    else if (/^v\d+$/.test(part) && parts.length > 1) options.push(['v', part.slice(1)])
    else if (component.test(part) && parts.length > 1) {
      components += 1
      options.push(...part.split(',').map(splitOption))
    } else break
    parts.shift()
  }
  if (components > 1) warnings.push('chained components are one step, in the order of Fovea')
  const source = readSource(decode(parts.join('/')))
  if (kind === 'upload') warnings.push('the extension is taken for that of the original’s key')
  return { key: source.key, options, warnings: [...warnings, ...source.warnings] }
}

function splitOption(option: string): [string, string] {
  const at = option.indexOf('_')
  return [option.slice(0, at), option.slice(at + 1)]
}
