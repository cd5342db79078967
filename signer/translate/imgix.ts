import {
  fromPercent,
  given,
  lost,
  near,
  quality,
  readInto,
  scaled,
  side,
  signatureLost,
  take,
  turn,
  words,
} from './rule.ts'
import { decode, readQuery, type Service, withFit } from './service.ts'

/** imgix, its rendering API's common parameters. */
export const imgix: Service = {
  id: 'imgix',
  title: 'imgix',
  example: 'https://example.imgix.net/products/chair.jpg?w=800&ar=16:9&fit=crop&crop=faces&auto=format',
  isOwn: ({ host, query }) =>
    /\.imgix\.(?:net|video)$/.test(host) ||
    /(?:^|&)(?:ixlib|auto=(?:format|compress)|fp-x|fit=(?:clip|facearea|fillmax))/.test(query),
  read: ({ path, query }) => ({ key: decode(path), options: readQuery(query) }),
  rules: {
    w: side('width'),
    h: side('height'),
    ar: {
      becomes: '`aspect`, where `fit` is `crop`; nothing beside both sides',
      read: (value, option) => {
        if (option('w') && option('h')) return { set: {} }
        if (option('fit') !== 'crop') return { warning: 'has no effect without `fit=crop`' }
        return readInto('aspect', value)
      },
    },
    fit: words(
      'fit',
      {
        clip: 'inside',
        max: 'inside',
        crop: 'cover',
        min: 'cover',
        scale: 'fill',
        fill: 'contain',
        fillmax: 'contain',
        facearea: 'cover',
      },
      { fillmax: 'the picture is enlarged as `fill` does', facearea: 'the face is not looked for' },
    ),
    crop: {
      becomes:
        '`gravity`: sides as compass points, `faces` → `attention`, `edges` → `entropy`, `focalpoint` → `fp-x`, `fp-y`',
      read: (value, option) => readCrop(value, option('fp-x'), option('fp-y')),
    },
    'fp-x': given('part of `crop=focalpoint`'),
    'fp-y': given('part of `crop=focalpoint`'),
    dpr: take('dpr'),
    q: quality(),
    fm: words('format', { jpg: 'jpeg', pjpg: 'jpeg', png8: 'png', png32: 'png' }),
    auto: {
      becomes: '`format` → nothing, `compress` → nothing: both hold anyway; `enhance`, `redeye` **lost**',
      read: (value) => {
        const others = value.split(',').filter((word) => !/^(?:format|compress|true)$/.test(word))
        return others.length > 0
          ? { set: {}, warning: `there is no ${others.join(', ')}`, lost: true }
          : { set: {} }
      },
    },
    bg: take('background'),
    'fill-color': take('background'),
    fill: {
      becomes: '`solid` → nothing; `blur`, `gen` **lost**',
      read: (value) => (value === 'solid' ? { set: {} } : { warning: 'only a colour lies under a picture' }),
    },
    rot: turn(),
    flip: words('flip', { h: 'h', v: 'v', hv: 'hv' }),
    rect: {
      becomes: '`crop`',
      read: (value) => readInto('crop', value.replaceAll(',', '_')),
    },
    pad: take('pad'),
    trim: near(words('trim', { auto: '10' }), 'a tolerance of 10'),
    sat: scaled('saturation', fromPercent, '1 + n/100', 'about the same'),
    bri: scaled('brightness', fromPercent, '1 + n/100', 'about the same'),
    con: scaled('contrast', fromPercent, '1 + n/100', 'about the same'),
    'hue-shift': take('hue'),
    'corner-radius': near(take('radius'), 'one radius for all corners'),
    mask: {
      becomes: '`ellipse` → `radius=max`, `corners` → its `corner-radius`',
      read: (value) =>
        value === 'corners'
          ? { set: {} }
          : value === 'ellipse'
            ? { set: { radius: 'max' }, warning: 'a pill where the picture is no square' }
            : { warning: 'there are no other masks' },
    },
    lossless: words('lossless', { true: '1' }),
    page: {
      becomes: '`page`, which counts from 0',
      read: (value) => readInto('page', String(Number(value) - 1)),
    },
    dl: take('download'),
    blur: lost('another scale: try `blur`, a sigma in pixels'),
    sharp: lost('another scale: try `sharpen`, a sigma in pixels'),
    mark: lost('see `overlay` of url.md: its picture lies under the prefix of the settings'),
    txt: lost('no text is drawn'),
    border: lost('no borders'),
    ixlib: given('says who wrote the URL'),
    s: signatureLost,
    expires: signatureLost,
  },
  aliases: { 'fp-debug': 'ixlib', ixid: 'ixlib' },
  complete: (set) => withFit(set, 'inside'),
}

function readCrop(value: string, x: string, y: string): ReturnType<typeof readInto> {
  const parts = value.split(',')
  if (parts.includes('focalpoint')) return readInto('gravity', `${x || '0.5'}_${y || '0.5'}`)
  const vertical = parts.includes('top') ? 'north' : parts.includes('bottom') ? 'south' : ''
  const horizontal = parts.includes('left') ? 'west' : parts.includes('right') ? 'east' : ''
  const rest = parts.find((part) => !/^(?:top|bottom|left|right)$/.test(part))
  if (rest === 'entropy') return { set: { gravity: 'entropy' } }
  if (rest === 'edges') return { set: { gravity: 'entropy' }, warning: 'detail, which is about edges' }
  if (rest === 'faces')
    return { set: { gravity: 'attention' }, warning: 'skin and saturated colour, which is mostly faces' }
  return readInto('gravity', vertical + horizontal)
}
