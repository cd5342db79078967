import { seededRandom } from '../../edge/samples/grain.ts'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { formatVariant, simplifyVariant } from '../../grammar/variant.ts'
import type { TransformerEvent } from '../../transformer/event.ts'
import { keys } from './originals.ts'

/** A request of a round. */
export interface LeakRequest {
  event: TransformerEvent
  /** The status that it must be answered. */
  status: number
  /** Whether it is asked with the ETag of its last answer, once there was one: then 304 is right as well. */
  again?: boolean
  /** Milliseconds that Lambda would have left. Default 60,000. */
  remainingMs?: number
}

/** Requests of a round; every one has the same kinds in another order and at other sizes. */
export const roundLength = 100

const formats = ['auto.avif', 'webp', 'jpeg', 'auto', 'avif', 'png', 'auto.webp', 'gif'] as const

const retouches: readonly Omit<VariantParameters, 'format'>[] = [
  { height: 300, fit: 'cover', gravity: 'attention' },
  { height: 300, fit: 'cover', gravity: 'entropy' },
  { height: 500, fit: 'contain', background: 'cc0044' },
  { aspect: '1-1' },
  { trim: 10 },
  { rotate: '90', flip: 'h' },
  { pad: 20, background: 'ffcc00' },
  { radius: 'max' },
  { blur: 5 },
  { sharpen: 1 },
  { brightness: 1.2, saturation: 0.5, hue: 90 },
  { contrast: 1.3, tint: 'ff8800' },
  { greyscale: '1' },
  { lossless: '1' },
  { metadata: 'all', quality: 40 },
]

/**
 * The requests of a round.
 *
 * @param costly whether one keeps the renderer of vector graphics busy until it is killed.
 */
export function listRound(round: number, costly: boolean): LeakRequest[] {
  const random = seededRandom(round)
  const width = () => 100 + Math.floor(random() * 600)
  const any = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const still = () => any(keys.stills)
  const requests = [
    ...keys.stills.flatMap((key) =>
      Array.from({ length: 4 }, () => ask(key, { width: width(), format: any(formats) })),
    ),
    ...retouches.map((given) =>
      ask(still(), {
        ...given,
        width: width(),
        format: given.lossless ? 'webp' : any(['webp', 'png'] as const),
      }),
    ),
    ...(['jpeg', 'webp', 'avif', 'png'] as const).map((format) =>
      ask(keys.camera, { width: width(), format }),
    ),
    ...keys.animations.flatMap((key) => [
      ask(key, { width: width(), format: 'auto.webp' }),
      ask(key, { width: 100, format: 'gif' }),
      ask(key, { page: 3, format: 'auto.avif' }),
    ]),
    ask(keys.drawing, { width: width(), format: 'webp' }),
    ask(keys.drawing, { width: width(), format: 'png', blur: 2 }),
    costly
      ? ask(keys.costly, { width: 500, format: 'webp' }, { status: 415, remainingMs: 2200 })
      : ask(keys.drawing, { width: 500, format: 'webp' }),
    ...keys.damaged.map((key) => ask(key, { width: width(), page: 0, format: 'webp' }, { status: 415 })),
    ...keys.foreign.map((key) => ask(key, { width: width(), format: 'webp' }, { status: 415 })),
    ask(`missing-${round}.jpg`, { format: 'auto' }, { status: 404 }),
    ask(still(), { page: 50, format: 'webp' }, { status: 400 }),
    { event: toEvent('/photo.jpg', 'w=100'), status: 400 },
    { event: toEvent('/photo.jpg', 'rev=1&width=0&format=webp'), status: 400 },
    ...(['json', 'thumbhash', 'blurhash'] as const).map((format) => ask(still(), { format })),
    ...keys.stills.slice(0, 3).map((key) => ask(key, { width: 200, format: 'auto.webp' }, { again: true })),
    ask(still(), { format: 'original' }),
    ask(still(), { width: width(), format: 'webp' }, { method: 'HEAD' }),
    { event: { queryStringParameters: { key: still(), w: String(width()), f: 'webp' } }, status: 200 },
  ]
  return shuffle(requests, random)
}

interface Said extends Partial<Omit<LeakRequest, 'event'>> {
  method?: string
}

function ask(key: string, parameters: VariantParameters, { method, ...said }: Said = {}): LeakRequest {
  const { path, query } = formatVariant({ key, parameters: simplifyVariant(parameters) })
  return { event: toEvent(path, query, method), status: 200, ...said }
}

function toEvent(rawPath: string, rawQueryString: string, method = 'GET'): TransformerEvent {
  return { rawPath, rawQueryString, headers: {}, requestContext: { http: { method } } }
}

/** Fisher and Yates's. */
function shuffle<Item>(items: Item[], random: () => number): Item[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const [item, otherItem] = [items[at] as Item, items[other] as Item]
    items[at] = otherItem
    items[other] = item
  }
  return items
}
