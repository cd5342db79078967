import { defaultSettings } from '../../grammar/default-settings.ts'
import { choose, type Weighted } from './choose.ts'
import { shares } from './shares.ts'
import type { TraceViewer } from './viewers.ts'

/** A place of pages that shows a picture. */
interface Slot extends Weighted {
  /** CSS pixels that it takes of a viewport. */
  measure(viewportWidth: number): number
  /** Of two sides, where pictures are cropped to one ratio. */
  aspect?: string
}

/** Of a shop or a magazine: lists of cards, thumbnails, a picture across the page, one in the text. Shares assumed. */
const slots: readonly Slot[] = [
  { share: 25, measure: () => 96, aspect: '1-1' },
  { share: 45, measure: (viewport) => (viewport < 700 ? viewport / 2 : Math.min(320, viewport / 4)) },
  { share: 10, measure: (viewport) => (viewport < 700 ? viewport : 640), aspect: '16-9' },
  { share: 12, measure: (viewport) => (viewport < 900 ? viewport : 720) },
  { share: 8, measure: (viewport) => viewport },
]

/** The widths that a component puts into srcset. Shares assumed. */
const ladders: readonly (Weighted & { widths: readonly number[] })[] = [
  // What `signUrls` and the loaders of this project write.
  { share: 70, widths: defaultSettings.ladder },
  // Next.js, deviceSizes and imageSizes. Source: nextjs.org, next/image, Configuration Options.
  { share: 15, widths: [16, 32, 48, 64, 96, 128, 256, 384, 640, 750, 828, 1080, 1200, 1920, 2048, 3840] },
  // WordPress. Source: developer.wordpress.org, `wp_get_additional_image_sizes` and the defaults of Settings, Media.
  { share: 10, widths: [150, 300, 768, 1024, 1536, 2048] },
  { share: 5, widths: [400, 800, 1200, 1600] },
]

/** Numbers that people write. Assumed. */
const roundWidths = [
  100, 150, 200, 250, 300, 350, 400, 500, 600, 700, 750, 800, 900, 1000, 1200, 1400, 1500, 2000,
]

/** Ways in which people write a width for themselves. Shares assumed. */
const spellings: readonly (Weighted & { write(width: number): string })[] = [
  { share: 30, write: (width) => `width=${width}` },
  { share: 25, write: (width) => `w=${width}` },
  { share: 8, write: (width) => `w=${width}&q=80` },
  { share: 6, write: (width) => `q=80&w=${width}` },
  { share: 5, write: (width) => `W=${width}` },
  { share: 5, write: (width) => `w=${width}&format=webp` },
  { share: 4, write: (width) => `format=auto&width=${width}` },
  { share: 4, write: (width) => `width=${width}&quality=75` },
  { share: 4, write: (width) => `w=${Math.round(width / 2)}&dpr=2` },
  { share: 3, write: (width) => `w=${width}&h=${width}` },
  { share: 3, write: (width) => `h=${width}&w=${width}&fit=cover` },
  { share: 2, write: (width) => `width=%3${String(width)[0]}${String(width).slice(1)}` },
  { share: 1, write: (width) => `width=${width}&width_unit=px` },
]

/** The parameters that a page asks a picture with. */
export interface PageQuery {
  query: string
  /** Whether a component wrote it. */
  component: boolean
}

/**
 * What the page of an original asks for the viewer's screen.
 *
 * @param site which of the sites, by whose template the original is shown, always the same: 0–1.
 */
export function drawQuery(random: () => number, { screen }: TraceViewer, site: number): PageQuery {
  const slot = choose(slots, random())
  const cssWidth = slot.measure(screen.viewportWidth)
  const needed = cssWidth * screen.dpr
  const [writer, spelling] = [random(), random()]
  if (writer < shares.scripted.value) return { query: `width=${Math.round(needed)}`, component: false }
  if (writer < shares.scripted.value + shares.handwritten.value) {
    // One size for all screens: the one nearest to twice the place on a desktop's page.
    const wanted = Math.min(2000, slot.measure(1440) * 1.5)
    const width = roundWidths.find((each) => each >= wanted) ?? 2000
    return { query: choose(spellings, spelling).write(width), component: false }
  }
  const { widths } = choose(ladders, site)
  const width = widths.find((each) => each >= needed) ?? widths[widths.length - 1]
  return { query: `width=${width}${slot.aspect ? `&aspect=${slot.aspect}` : ''}`, component: true }
}
