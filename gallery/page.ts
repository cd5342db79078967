import { drawLogo } from '../edge/samples/logo.ts'
import { formatCard, formatFacts } from './card.ts'
import type { Hung, Original } from './hang.ts'
import { escapeHtml, formatCode } from './html.ts'

/** What the page shows. */
export interface Gallery {
  /** Exhibits by group, in the order of docs/url.md. */
  groups: Readonly<Record<string, readonly Hung[]>>
  /** By key, small enough for a page. */
  originals: Readonly<Record<string, Original>>
  photograph: Original
  credit: string
  style: string
}

/** Pixels above which a picture is shown smaller than its share: the others would be too small to see. */
const maxCompared = 800

/** The page: one file beside the pictures, without a script. */
export function formatPage({ groups, originals, photograph, credit, style }: Gallery): string {
  const names = Object.keys(groups)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Fovea: the URL language in pictures</title>
<style>
${style}
</style>
<header class="top">
  <div class="mark">${drawLogo().replaceAll('#1b2440', 'currentColor')}</div>
  <p>The URL language in pictures. Each one was made by the transformer from the URL beside it.</p>
</header>
<nav aria-label="Groups"><div>${names.map((name) => `<a href="#${slug(name)}">${escapeHtml(name)}</a>`).join('')}</div></nav>
<main>
${Object.entries(groups)
  .map(([name, exhibits]) => formatGroup(name, exhibits, originals, photograph))
  .join('\n')}
</main>
<footer class="bottom"><p>Original: ${escapeHtml(credit)}.</p><p>Times are of one run on the machine that made this page, with whatever else it did; bytes are exact. ${formatCode('npm run gallery -- --image FILE')} shows a photograph of yours.</p></footer>
</html>
`
}

function formatGroup(
  name: string,
  exhibits: readonly Hung[],
  originals: Gallery['originals'],
  photograph: Original,
): string {
  const shares = exhibits.map(({ width, height }) => Math.max(width, (height * 4) / 3))
  // Within a group pictures keep their proportions to each other: the largest fills a stage of 4:3.
  const widest = Math.max(1, ...shares.filter((share) => share <= maxCompared))
  return `<section id="${slug(name)}">
  <h2>${escapeHtml(name)}</h2>
  <aside>
    <figure>
      <div class="stage"><img src="${photograph.file}" alt="The original" width="${photograph.width}" height="${photograph.height}"></div>
      <figcaption><b>Original</b>${formatFacts(asOriginal(photograph))}</figcaption>
    </figure>
  </aside>
  <div class="cards">
${exhibits.map((exhibit) => formatCard(exhibit, widest, exhibit.key === photograph.key ? undefined : originals[exhibit.key])).join('\n')}
  </div>
</section>`
}

/** Facts of the original itself, not of what the page shows of it. */
function asOriginal({ originalWidth: width, originalHeight: height, type, bytes }: Original) {
  return { type, bytes, width, height }
}

function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z]+/g, '-')
}
