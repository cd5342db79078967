import { type Command, type GivenArguments, UsageError } from './command.ts'
import { readInstant } from './duration.ts'
import { askEdge, formatRemoteAnswer, isPassed } from './explain-remote.ts'
import { explainUrl } from './explain-url.ts'
import { formatExplanation } from './format-explanation.ts'
import { readGivenSecret, secretNote, secretOptions } from './secret-sources.ts'
import { loadSettings } from './settings-file.ts'

/** What a current browser sends for an image. */
const browserAccept = 'image/avif,image/webp,image/apng,image/*,*/*;q=0.8'

/** `fovea explain`. */
export const explainCommand: Command = {
  name: 'explain',
  purpose: 'Tell what the edge makes of a URL, and why',
  operand: 'URL',
  options: {
    config: {
      placeholder: 'FILE',
      text: 'settings: a module like fovea.config.ts, or JSON as the edge function has them (default: FOVEA_CONFIG, else ./fovea.config.ts)',
    },
    accept: { placeholder: 'TEXT', text: 'the viewer’s Accept header (default: a browser that takes AVIF)' },
    header: {
      placeholder: "'NAME: VALUE'",
      text: 'a header of the viewer; several times for several',
      multiple: true,
    },
    now: { placeholder: 'INSTANT', text: 'Unix seconds or an ISO date in place of the clock' },
    ...secretOptions,
    remote: { text: 'ask the edge too, with FOVEA_EXPLAIN_TOKEN (fovea keys explain-token)' },
  },
  notes: [
    `${secretNote} Without one, or where FOVEA_KID is another than the URL’s, a signature is not checked.`,
    'What CloudFront itself guards by its signatures is shown as everywhere else: refused.',
    'Exit code 1 tells that the URL is refused, or that the edge did not explain itself.',
  ],
  async run(given, context) {
    const url = given.operand
    if (!/^(?:https?:\/\/|\/)/i.test(url)) {
      throw new UsageError('expected a URL, which begins with / or https://')
    }
    const now = given.text('now')
    const headers = readHeaders(given, url)
    const { settings, from } = await loadSettings(
      given.text('config') ?? context.environment.FOVEA_CONFIG,
      context.folder,
    )
    const explanation = explainUrl(url, {
      settings,
      now: (now === undefined ? context.now() : readInstant('now', now)) / 1000,
      header: (name) => headers[name] ?? '',
      secret: await readGivenSecret(given, context),
      secretKid: context.environment.FOVEA_KID || undefined,
    })
    const remote = given.flag('remote')
      ? await askEdge(url, sendable(headers), readToken(context))
      : undefined
    if (given.flag('json')) {
      context.print(JSON.stringify({ ...explanation, settings: from, remote }))
    } else {
      context.print(formatExplanation(explanation, from))
      if (remote) context.print(`\n${formatRemoteAnswer(remote)}`)
    }
    const passes = remote ? isPassed(remote) : explanation.passes
    return passes ? 0 : 1
  },
}

/** The viewer's headers by lower-case name. */
function readHeaders(given: GivenArguments, url: string): Record<string, string> {
  const [, host] = /^https?:\/\/([^/?#]*)/i.exec(url) ?? []
  const headers: Record<string, string> = Object.create(null)
  headers.accept = given.text('accept') ?? browserAccept
  if (host !== undefined) headers.host = host.toLowerCase()
  for (const line of given.texts('header')) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) throw new UsageError("--header: expected 'NAME: VALUE'")
    headers[name.toLowerCase()] = value
  }
  return headers
}

/** What goes with a request of our own, whose host is that of the URL. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host'))
}

function readToken({ environment }: { environment: Readonly<Record<string, string | undefined>> }): string {
  const token = environment.FOVEA_EXPLAIN_TOKEN
  if (!token) throw new UsageError('expected FOVEA_EXPLAIN_TOKEN beside --remote')
  // Security: what cannot be a header is not told, as it may be a token in part.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UsageError('FOVEA_EXPLAIN_TOKEN: expected one line without spaces')
  return token
}
