import type { EdgeInside } from '../../own-pages.ts'
import type { AskAnswer, AskRequest } from '../api.ts'
import { askEdge, type EdgeReply, readTarget } from './ask-edge.ts'
import { explainTarget } from './explain.ts'
import type { PlaygroundKey } from './playground-key.ts'
import { type Members, refuse } from './read-call.ts'
import { viewers } from './viewers.ts'

/** Bytes of a body that is shown as text. */
const maxTextBytes = 64 * 1024

/** Bytes of a picture that is put into an answer: more than most originals have. */
const maxPictureBytes = 64 * 1024 * 1024

/** Asks the edge as the request says, and tells what it answered and what it decided before. */
export async function askAsViewer(
  members: Members,
  inside: EdgeInside,
  key: PlaygroundKey,
): Promise<AskAnswer> {
  const { target, headers, method } = readAsk(members, inside.url)
  const explanation = await explainTarget(target, headers, inside, key)
  const before = { ...inside.stats }
  const reply = await askEdge(inside.url, { method, target, headers })
  const after = { ...inside.stats }
  return {
    status: reply.status,
    headers: joinHeaders(reply.headers),
    ms: reply.ms,
    bytes: reply.body.length,
    ...showBody(reply),
    explanation,
    before,
    after,
  }
}

function readAsk(members: Members, ownUrl: string) {
  const id = members.text('viewer')
  const viewer = viewers.find((each) => each.id === id)
  if (!viewer) throw refuse('viewer', viewers.map((each) => each.id).join(', '), id)
  const method = members.optionalText('method') ?? 'GET'
  if (method !== 'GET' && method !== 'HEAD') throw refuse('method', 'GET or HEAD', method)
  const { host } = new URL(ownUrl)
  const page = readPage(members.optionalText('embeddedFrom'))
  return {
    target: readTarget(members.text('url')),
    method: method satisfies AskRequest['method'],
    headers: { host, ...viewer.headers, ...describePage(page, viewer.headers, host) },
  } as const
}

/** The page that shows the picture, of a host or of a URL. */
function readPage(embeddedFrom: string | undefined): URL | undefined {
  if (!embeddedFrom) return undefined
  const url = /^https?:\/\//i.test(embeddedFrom) ? embeddedFrom : `https://${embeddedFrom}/`
  if (URL.canParse(url)) return new URL(url)
  throw refuse('embeddedFrom', 'a host, or the URL of a page', embeddedFrom)
}

/** What a browser sends of the page: of a page of another site only its origin, as its default policy has it. */
function describePage(
  page: URL | undefined,
  viewer: Readonly<Record<string, string>>,
  host: string,
): Record<string, string> {
  if (!page) return {}
  const own = page.host === host
  return {
    referer: own ? page.href : `${page.origin}/`,
    ...('sec-fetch-site' in viewer && { 'sec-fetch-site': own ? 'same-origin' : 'cross-site' }),
  }
}

function joinHeaders(headers: EdgeReply['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}

function showBody({ headers, body }: EdgeReply): Pick<AskAnswer, 'picture' | 'text'> {
  const type = headers['content-type'] ?? ''
  if (body.length === 0) return {}
  if (/^image\/[\w.+-]+$/.test(type)) {
    return body.length <= maxPictureBytes ? { picture: `data:${type};base64,${body.toString('base64')}` } : {}
  }
  return body.length <= maxTextBytes ? { text: body.toString() } : {}
}
