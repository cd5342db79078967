import { domainToASCII } from 'node:url'
import { type DecisionSettings, decide, examine } from '../grammar/decide.ts'
import type { HotlinkSettings } from '../grammar/hotlink.ts'
import { formatPagePattern } from '../grammar/page-pattern.ts'
import type { Rejection } from '../grammar/rejection.ts'
import { expectKnownNames, expectOneOf, invalidSetting } from './setting-rules.ts'

/** Whose pages may show the pictures. The distribution's own host always may, and so may a URL signed with `embed=any`. */
export interface Hotlinks {
  /** Names of hosts, or `*.example.com` for every host below example.com, which is not among them itself. */
  readonly hosts: readonly string[]
  /**
   * What holds for a browser that does not say which page it is on, as many do not. Default `allow`, which a page that hides
   * itself (`referrerpolicy`) gets past; `refuse-cross-site` refuses those that say that it is a page of another site
   * (Sec-Fetch-Site).
   */
  readonly emptyReferer: 'allow' | 'refuse-cross-site'
  /** What is shown instead: a path of this distribution, with its query, or an https URL of another. Default: nothing, 403. */
  readonly placeholder?: string
}

/** What a deployment says of hotlinks. */
export interface GivenHotlinks extends Partial<Hotlinks> {
  readonly hosts: readonly string[]
}

const hotlinkDefaults: Hotlinks = { hosts: [], emptyReferer: 'allow', placeholder: undefined }

/** Labels as URLs have them once their letters are ASCII. */
const HOST = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/

/** Returns the rules, hosts in lower case and ASCII, as browsers send them; undefined where there are none. */
export function readHotlinks(given: GivenHotlinks | undefined): Hotlinks | undefined {
  if (given === undefined) return undefined
  expectKnownNames('hotlinks', given, hotlinkDefaults)
  if (!Array.isArray(given.hosts)) throw invalidSetting('hotlinks.hosts', 'a list of hosts', given.hosts)
  const { emptyReferer = hotlinkDefaults.emptyReferer, placeholder } = given
  expectOneOf('hotlinks.emptyReferer', emptyReferer, ['allow', 'refuse-cross-site'])
  return {
    hosts: [...new Set(given.hosts.map(readHost))],
    emptyReferer,
    placeholder: placeholder === undefined ? undefined : readPlaceholder(placeholder),
  }
}

/** Returns the rules as the edge function has them. */
export function compileHotlinks(hotlinks: Hotlinks | undefined): HotlinkSettings {
  if (!hotlinks) return {}
  const { hosts, emptyReferer, placeholder } = hotlinks
  return {
    hotlinks: {
      pages: formatPagePattern(hosts),
      ...(emptyReferer === 'refuse-cross-site' && { strict: true }),
      ...(placeholder !== undefined && { placeholder }),
    },
  }
}

/**
 * Throws where a placeholder of this distribution is itself refused: to who has no signature, or, by a URL instead of a path, to
 * the very pages that are sent to it, which would be sent there again and again.
 *
 * @param domainNames of the distribution.
 */
export function expectPlaceholderServed(settings: DecisionSettings, domainNames: readonly string[]): void {
  const placeholder = settings.hotlinks?.placeholder
  if (placeholder === undefined) return
  if (!placeholder.startsWith('/')) {
    const { hostname } = new URL(placeholder)
    const own = formatPagePattern(domainNames)
    // The first of the two is the host that is asked, which is always allowed: here it is nobody's.
    if (!own.test(`- https://${hostname}/`)) return
    throw invalidSetting(
      'hotlinks.placeholder',
      'only the path of a picture of this distribution',
      placeholder,
    )
  }
  const [path = ''] = placeholder.split('?')
  const query = placeholder.slice(path.length + 1)
  const decision = examine(path, query, 0, settings)
  if (!decision.refusal) decide(decision, path, () => '', undefined, settings)
  if (!decision.refusal) return
  const { code } = decision.refusal as Rejection
  throw invalidSetting('hotlinks.placeholder', `a picture that is not itself refused (${code})`, placeholder)
}

function readHost(given: unknown): string {
  // A number would be an address: `5` is 0.0.0.5 in a URL.
  const text = typeof given === 'string' ? given : ''
  const [, wildcard = '', name = ''] = /^(\*\.)?(.*?)\.?$/s.exec(text) ?? []
  const host = domainToASCII(name)
  // What is more than a name (a scheme, a port, a path) would be dropped in silence: it may have been meant.
  if (/[\s/?#\\%:@*]/.test(name) || !HOST.test(host)) {
    throw invalidSetting('hotlinks.hosts', 'names of hosts, or *.name, without scheme, port and path,', given)
  }
  return wildcard + host
}

/** As a browser asks for it: the edge function compares the path. */
function readPlaceholder(given: unknown): string {
  const text = typeof given === 'string' ? given : ''
  const own = 'https://this.invalid'
  const url = /^(\/|https:\/\/)/i.test(text) && URL.canParse(text, own) ? new URL(text, own) : undefined
  const isPath = text.startsWith('/')
  // A browser takes `//host/` for another host: who means one writes https. Of `/?key=` all paths are alike.
  if (url?.hash !== '' || (isPath && (url.origin !== own || url.pathname === '/'))) {
    throw invalidSetting('hotlinks.placeholder', 'the path of a picture or an https URL', given)
  }
  return isPath ? url.pathname + url.search : url.href
}
