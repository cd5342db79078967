import { imageAccepts } from '../../edge/playground/image-accepts.ts'
import { choose, type Weighted } from './choose.ts'
import { shares } from './shares.ts'

/** A kind of browser, as an image host sees it. */
interface Browser extends Weighted {
  /** What it sends for an `<img>`. */
  accept: string
  /** Whether it sends client hints and Save-Data. */
  chromium: boolean
}

/**
 * Shares: StatCounter, all devices, 2025, as quoted by Wikipedia ("Web browser": Chrome 66, Safari 18, Edge 5, Firefox 3, Samsung
 * Internet and Opera 2 each); how they split into versions is assumed.
 */
export const browsers: readonly Browser[] = [
  { share: 45, accept: imageAccepts.chrome, chromium: true },
  { share: 28, accept: imageAccepts.chrome85, chromium: true },
  // Chromium before 85, and web views that were never updated.
  { share: 1, accept: imageAccepts.chrome84, chromium: true },
  { share: 16, accept: imageAccepts.safari, chromium: false },
  { share: 2, accept: imageAccepts.safari14, chromium: false },
  { share: 2.5, accept: imageAccepts.firefox, chromium: false },
  { share: 0.5, accept: imageAccepts.firefox92, chromium: false },
  // A picture opened in a tab of its own: the Accept of a page.
  { share: 1, accept: imageAccepts.chromeTab, chromium: true },
  // Crawlers, previews in messengers, native apps, curl. Assumed.
  { share: 3, accept: imageAccepts.any, chromium: false },
  { share: 1, accept: 'image/*,*/*;q=0.8', chromium: false },
]

/** A kind of screen. Shares are assumed, after the half of page views that StatCounter counts on phones. */
interface Screen extends Weighted {
  kind: 'mobile' | 'tablet' | 'desktop'
  /** CSS pixels. */
  viewportWidth: number
  dpr: number
}

const screens: readonly Screen[] = [
  { share: 12, kind: 'mobile', viewportWidth: 360, dpr: 3 },
  { share: 10, kind: 'mobile', viewportWidth: 390, dpr: 3 },
  { share: 8, kind: 'mobile', viewportWidth: 393, dpr: 2.75 },
  { share: 7, kind: 'mobile', viewportWidth: 412, dpr: 2.625 },
  { share: 6, kind: 'mobile', viewportWidth: 430, dpr: 3 },
  { share: 5, kind: 'mobile', viewportWidth: 375, dpr: 2 },
  { share: 3, kind: 'tablet', viewportWidth: 820, dpr: 2 },
  { share: 12, kind: 'desktop', viewportWidth: 1920, dpr: 1 },
  { share: 9, kind: 'desktop', viewportWidth: 1536, dpr: 1.25 },
  { share: 8, kind: 'desktop', viewportWidth: 1440, dpr: 2 },
  { share: 6, kind: 'desktop', viewportWidth: 1366, dpr: 1 },
  { share: 4, kind: 'desktop', viewportWidth: 2560, dpr: 1 },
]

/** Who asks. */
export interface TraceViewer {
  screen: Screen
  /** By lower-case name. */
  headers: Record<string, string>
}

/** A viewer with a browser and a screen by their shares; `host` is the image host, `page` the page that shows the picture. */
export function drawViewer(random: () => number, host: string, page: string): TraceViewer {
  const browser = choose(browsers, random())
  const screen = choose(screens, random())
  const headers: Record<string, string> = {
    host,
    accept: browser.accept,
    referer: page,
    'sec-fetch-site': 'cross-site',
    [`cloudfront-is-${screen.kind}-viewer`]: 'true',
  }
  // Drawn whether used or not, so that a changed share moves no other draw.
  const [hinted, saving, cors] = [random(), random(), random()]
  if (browser.chromium && hinted < shares.hints.value) {
    headers['sec-ch-dpr'] = String(screen.dpr)
    headers['sec-ch-viewport-width'] = String(screen.viewportWidth)
  }
  if (browser.chromium && screen.kind === 'mobile' && saving < shares.saveData.value) {
    headers['save-data'] = 'on'
  }
  if (cors < shares.corsOrigin.value) headers.origin = new URL(page).origin
  return { screen, headers }
}
