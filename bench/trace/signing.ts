import { examine } from '../../grammar/decide.ts'
import { createSigner } from '../../signer/create-signer.ts'
import { type SigningKey, traceHost, traceSettings } from './site.ts'

type Sign = (key: string, query: string, atMs: number) => string

/** Signs as a backend does whose signatures end on the hour. What a URL says is signed whatever its spelling. */
export function createTraceSigner(key: SigningKey, startMs: number): Sign {
  let nowMs = startMs
  const signer = createSigner({ ...key, baseUrl: `https://${traceHost}`, now: () => nowMs })
  return (name, query, atMs) => {
    nowMs = startMs + atMs
    const { named } = examine(writePath(name), query, nowMs / 1000, traceSettings).request ?? { named: [] }
    const parameters = Object.fromEntries(named.map((pair) => pair.split('=') as [string, string]))
    return signer.signUrl(name, parameters).split('?')[1] ?? query
  }
}

/** What looks like a signature. */
export function forgeSignature(random: () => number): string {
  let text = ''
  while (text.length < 43) text += Math.floor(random() * 2 ** 30).toString(36)
  return text.slice(0, 43)
}

/** The path of a key, as a browser sends it. */
export function writePath(name: string): string {
  return `/${name.split('/').map(encodeURIComponent).join('/')}`
}
