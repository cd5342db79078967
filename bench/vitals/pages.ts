import { imgMarkup, preloadMarkup } from '../../signer/client/markup.ts'
import type { Master, Masters } from './masters.ts'

/** Images of the first screen of a phone beside the hero. */
const eagerProducts = 4

/** Width that the style below gives a product. */
const productSizes = '(min-width: 60rem) 14rem, calc(50vw - 18px)'

/** What all pages have: how an image is written is all that differs. */
const style = `
*{box-sizing:border-box}
body{margin:0;font:16px/1.4 system-ui,sans-serif;color:#1c1917;background:#fff}
header{padding:12px;font-size:20px;font-weight:700}
img{display:block;width:100%;height:auto}
h1{font-size:20px;margin:16px 12px}
ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(max(170px,min(14rem,20%)),1fr));gap:12px;margin:0;padding:0 12px 24px;list-style:none}
p{margin:6px 0 0;font-size:14px}
`

/** How the images of a page are written. */
interface Writing {
  /** Within the head. */
  preload(hero: Master): string
  hero(hero: Master): string
  product(product: Master, at: number): string
}

/** `<img src>` of the originals, as it is written by hand: no size is told and nothing waits. */
export function formatPlainPage(masters: Masters): string {
  const img = ({ key, alt }: Master) => `<img src="/${key}" alt="${alt}">`
  return formatPage(masters, { preload: () => '', hero: img, product: img })
}

/** The originals with all the markup that needs no pipeline: sizes, a preload, lazy loading, priority. */
export function formatMarkupPage(masters: Masters): string {
  const img = ({ key, alt, width, height, colour }: Master, attributes: string) =>
    `<img alt="${alt}" width="${width}" height="${height}"${attributes} src="/${key}" style="background:${colour}">`
  return formatPage(masters, {
    preload: ({ key }) => `<link rel="preload" as="image" href="/${key}" fetchpriority="high">`,
    hero: (hero) => img(hero, ' fetchpriority="high"'),
    product: (product, at) => img(product, at < eagerProducts ? '' : ' loading="lazy" decoding="async"'),
  })
}

/** What `fovea/client` writes, for images of `baseUrl`. */
export function formatHelpersPage(masters: Masters, baseUrl: string): string {
  const describe = ({ alt, width, height, colour }: Master) => ({
    alt,
    width,
    height,
    originalWidth: width,
    placeholder: colour,
  })
  const hero = { sizes: '100vw', priority: 'high' } as const
  return formatPage(masters, {
    preload: (master) => preloadMarkup(master.key, { ...describe(master), ...hero }, { baseUrl }),
    hero: (master) => imgMarkup(master.key, { ...describe(master), ...hero }, { baseUrl }),
    product: (master, at) =>
      imgMarkup(
        master.key,
        {
          ...describe(master),
          sizes: productSizes,
          priority: at < eagerProducts ? 'eager' : 'lazy',
        },
        { baseUrl },
      ),
  })
}

function formatPage({ hero, products }: Masters, writing: Writing): string {
  const items = products.map(
    (product, at) => `<li>${writing.product(product, at)}<p>${product.alt}<br>€ ${at + 19}</p></li>`,
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Prints</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">${writing.preload(hero)}
<style>${style}</style></head>
<body><header>Prints &amp; Paper</header>
${writing.hero(hero)}
<h1>All ${products.length} prints</h1>
<ul>
${items.join('\n')}
</ul>
</body></html>
`
}
