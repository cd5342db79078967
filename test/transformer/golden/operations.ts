import { markKey } from './mark.ts'

/** A golden picture. */
export interface Golden {
  /** Key and query of the request, without a leading slash; `format=png` is added. */
  request: string
  /** A request that is a little, or subtly, different: what it makes must not pass for the golden. */
  unlike?: string
}

const framed = (query: string, unlike?: string): Golden => of('framed.png', query, unlike)
const cutOut = (query: string, unlike?: string): Golden => of('cut-out.png', query, unlike)
const scene = (query: string, unlike?: string): Golden => of('scene.png', query, unlike)

/** The scene with {@link markKey} on it. */
function marked(query: string, unlike?: string): Golden {
  const lay = (given: string) =>
    [`width=96&overlay=${markKey}`, given].filter((part) => part !== '').join('&')
  return scene(lay(query), unlike === undefined ? undefined : lay(unlike))
}

function of(key: string, query: string, unlike?: string): Golden {
  return { request: `${key}?${query}`, ...(unlike && { unlike: `${key}?${unlike}` }) }
}

const compass = [
  'northwest',
  'north',
  'northeast',
  'west',
  'centre',
  'east',
  'southwest',
  'south',
  'southeast',
] as const

/**
 * Goldens of every parameter that changes pixels, by its name: each of its words, and some of its numbers. Beside
 * docs/examples.ts, whose pictures are for people: these are small and many.
 */
export const operations: Readonly<Record<string, readonly Golden[]>> = {
  width: [scene('width=96', 'width=97'), scene('width=41')],
  height: [scene('height=40', 'height=41')],
  aspect: [
    scene('aspect=1-1', 'aspect=1-1&gravity=east'),
    scene('width=96&aspect=21:9', 'width=96&aspect=20:9'),
  ],
  dpr: [scene('width=40&dpr=1.5', 'width=40')],
  fit: [
    scene('width=60&height=60&fit=cover', 'width=60&height=60&fit=fill'),
    scene('width=60&height=60&fit=inside'),
    scene('width=60&height=60&fit=outside', 'width=60&height=60&fit=inside'),
    scene('width=60&height=60&fit=fill', 'width=60&height=60'),
    scene('width=60&height=60&fit=contain', 'width=60&height=60&fit=contain&background=black'),
  ],
  gravity: [
    ...compass.flatMap((point) => [
      scene(
        `width=40&height=60&gravity=${point}`,
        point.endsWith('east') ? 'width=40&height=60&gravity=0.70_0.5' : undefined,
      ),
      scene(
        `width=60&height=20&gravity=${point}`,
        point.startsWith('north') ? 'width=60&height=20&gravity=0.5_0.35' : undefined,
      ),
    ]),
    scene('width=60&height=60&fit=contain&gravity=north', 'width=60&height=60&fit=contain&gravity=south'),
    scene('width=40&height=40&gravity=attention', 'width=40&height=40'),
    scene('width=40&height=40&gravity=entropy', 'width=40&height=40'),
    scene('width=40&height=40&gravity=0.4_0.6', 'width=40&height=40&gravity=0.5_0.6'),
  ],
  enlarge: [scene('crop=60_36_48_32&width=96&enlarge=1', 'crop=60_36_48_32&width=96')],
  crop: [
    scene('crop=96_20_60_60', 'crop=97_20_60_60'),
    scene('crop=0.5_0.0_0.5_1.0&height=64', 'crop=0.48_0.0_0.5_1.0&height=64'),
  ],
  trim: [framed('trim=10', 'crop=9_9_192_128'), framed('trim=10&width=80', 'width=80')],
  rotate: [
    scene('width=64&rotate=90', 'width=64&rotate=270'),
    scene('width=96&rotate=180', 'width=96&flip=v'),
    scene('width=64&rotate=270', 'width=64&rotate=90'),
    scene('width=64&rotate=90&flip=h', 'width=64&rotate=90&flip=v'),
  ],
  flip: [
    scene('width=96&flip=h', 'width=96&flip=v'),
    scene('width=96&flip=v', 'width=96&flip=h'),
    scene('width=96&flip=hv', 'width=96&flip=v'),
  ],
  pad: [
    scene('width=80&pad=8&background=cc3366', 'width=80&pad=8&background=c36000'),
    cutOut('width=80&pad=8', 'width=82&pad=7'),
  ],
  background: [
    cutOut('width=96&background=3060c0', 'width=96&background=3868c8'),
    cutOut('width=96&background=3060c080', 'width=96&background=3060c0'),
    cutOut('width=96&background=white', 'width=96&background=transparent'),
    cutOut('width=96&background=black', 'width=96'),
    cutOut('width=96&background=transparent', 'width=96&background=white'),
    scene('width=60&height=60&fit=contain&background=f80', 'width=60&height=60&fit=contain&background=f90'),
  ],
  radius: [
    scene('width=96&radius=20', 'width=96&radius=17'),
    scene('width=96&radius=max', 'width=96&radius=24'),
    scene('width=60&height=60&radius=max&background=3060c0', 'width=60&height=60&radius=max'),
  ],
  blur: [scene('width=96&blur=1', 'width=96&blur=1.5'), scene('width=96&blur=6', 'width=96&blur=8')],
  sharpen: [scene('width=96&sharpen=0.5', 'width=96'), scene('width=96&sharpen=2', 'width=96&sharpen=1')],
  brightness: [
    scene('width=96&brightness=0.5', 'width=96&brightness=0.55'),
    scene('width=96&brightness=1.4', 'width=96&brightness=1.3'),
  ],
  contrast: [
    scene('width=96&contrast=0.5', 'width=96&contrast=0.57'),
    scene('width=96&contrast=1.8', 'width=96&contrast=1.6'),
  ],
  saturation: [
    scene('width=96&saturation=0', 'width=96&saturation=0.1'),
    scene('width=96&saturation=1.6', 'width=96&saturation=1.5'),
  ],
  hue: [scene('width=96&hue=90', 'width=96&hue=110'), scene('width=96&hue=200', 'width=96&hue=195')],
  greyscale: [scene('width=96&greyscale=1', 'width=96&saturation=0.2')],
  tint: [
    scene('width=96&tint=ff8000', 'width=96&tint=ffa000'),
    scene('width=96&tint=36c', 'width=96&greyscale=1'),
  ],
  overlay: [
    marked('', 'overlay-opacity=95'),
    scene(`width=80&pad=8&background=cc3366&overlay=${markKey}`, 'width=80&pad=8&background=cc3366'),
    cutOut(`width=96&overlay=${markKey}`, 'width=96'),
  ],
  'overlay-width': [
    marked('overlay-width=25', 'overlay-width=26'),
    marked('overlay-width=100', 'overlay-width=98'),
  ],
  'overlay-gravity': [
    ...compass.map((point) =>
      marked(
        `overlay-width=30&overlay-gravity=${point}`,
        point.endsWith('east') ? `overlay-width=30&overlay-gravity=${point}&overlay-margin=2` : undefined,
      ),
    ),
    marked('overlay-width=20&overlay-gravity=tile', 'overlay-width=21&overlay-gravity=tile'),
    marked(
      'overlay-width=20&overlay-gravity=tile&overlay-margin=10',
      'overlay-width=20&overlay-gravity=tile&overlay-margin=8',
    ),
  ],
  'overlay-margin': [
    marked(
      'overlay-width=30&overlay-gravity=southeast&overlay-margin=10',
      'overlay-width=30&overlay-gravity=southeast&overlay-margin=8',
    ),
    marked('overlay-width=100&overlay-margin=20', 'overlay-width=100&overlay-margin=18'),
  ],
  'overlay-opacity': [
    marked('overlay-opacity=50', 'overlay-opacity=55'),
    marked('overlay-opacity=10', 'overlay-opacity=20'),
  ],
}

/** The name of a golden's file, without its ending. */
export function nameGolden({ request }: Golden): string {
  return request.replace('.png', '').replace(/[^a-z0-9.-]+/g, '-')
}
