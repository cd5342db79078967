import { parameters } from '../../../../grammar/parameters.ts'
import { imgMarkup } from '../../../../signer/client/markup.ts'
import type { WidthImageParameters } from '../../../../signer/url-set.ts'
import type { ViewerEntry } from '../../api.ts'
import type { VariantFacts } from '../request/read-answer.ts'
import { readKey, readPieces, removeProof } from '../request/request-url.ts'

/** A text to copy. */
export interface Snippet {
  title: string
  language: 'html' | 'js' | 'sh'
  text: string
}

/** Names that backends may sign: all that are no part of the proof, or of the place. */
const known: readonly string[] = parameters
  .map(({ name }) => name)
  .filter((name) => !['key', 'exp', 'kid', 'sig'].includes(name))

/** What decides one size: in a set of several, the set does. */
const sizing = ['width', 'height', 'dpr']

/** Ways to ask for the picture of a request: from a page, from a backend, from a terminal. */
export function writeSnippets(
  url: string,
  origin: string,
  viewer: ViewerEntry | undefined,
  variant: VariantFacts | undefined,
  ladder: readonly number[],
): Snippet[] {
  return [
    { title: 'In a page', language: 'html', text: writeMarkup(url, variant, ladder) },
    { title: 'Signed, by a backend in Node', language: 'js', text: writeSigning(url, origin) },
    { title: 'In a terminal', language: 'sh', text: writeCurl(url, origin, viewer) },
  ]
}

function writeMarkup(url: string, variant: VariantFacts | undefined, ladder: readonly number[]): string {
  const shape: WidthImageParameters = Object.fromEntries(
    readPieces(url)
      .filter(({ name }) => known.includes(name) && !sizing.includes(name))
      .map(({ name, text }) => [name, text]),
  )
  try {
    return imgMarkup(readKey(url), {
      alt: 'What the picture shows',
      width: variant?.width || 960,
      height: variant?.height || 640,
      parameters: shape,
      ladder,
      originalWidth: variant?.originalWidth || undefined,
    })
      .replace(/ (srcset|sizes|src|loading)=/g, '\n     $1=')
      .replace(/(\d+w), /g, '$1,\n             ')
  } catch (error) {
    return `<!-- ${error instanceof Error ? error.message : String(error)} -->`
  }
}

function writeSigning(url: string, origin: string): string {
  const asked = readPieces(removeProof(url))
    .filter(({ name }) => known.includes(name))
    .map(({ name, text }) => `  ${/^[a-z]+$/.test(name) ? name : `'${name}'`}: ${quoteValue(text)},`)
  return `import { createSigner } from 'fovea'

const signer = createSigner({
  baseUrl: '${origin}',
  kid: 'main',
  secret: process.env.FOVEA_SECRET,
})

const url = signer.signUrl(${quote(readKey(url))}, {
${asked.join('\n')}
})`
}

function writeCurl(url: string, origin: string, viewer: ViewerEntry | undefined): string {
  const headers = Object.entries(viewer?.headers ?? {})
    .filter(([name]) => /^(?:accept|save-data|sec-ch-.*|ect)$/.test(name))
    .map(([name, value]) => `  -H ${quoteShell(`${name}: ${value}`)} \\\n`)
  return `curl --dump-header - --output picture \\\n${headers.join('')}  ${quoteShell(`${origin}${url}`)}`
}

function quoteValue(text: string): string {
  return /^(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? text : quote(text)
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

function quoteShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
