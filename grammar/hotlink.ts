import { reject } from './rejection.ts'

/** Whose pages may show the pictures. Left out, everyone's. */
export interface HotlinkSettings {
  hotlinks?: {
    /** Hosts in lower case; `*.example.com` is every host below example.com. The distribution's own is always allowed. */
    hosts: readonly string[]
    /** Whether a browser that hides where it comes from, but says that it is another site, is refused. */
    strict?: boolean
    /** Where who is refused is sent instead: a path of this distribution, with its query, or a URL. */
    placeholder?: string
  }
}

/**
 * Does nothing where the page that shows the picture may. Security: it is read from what browsers send and no page can
 * forge; who writes his own requests can.
 *
 * @param path of the request, as sent.
 * @throws Rejection `hotlink`.
 */
export const checkHotlink = (
  path: string,
  header: (name: string) => string,
  settings: HotlinkSettings,
): void => {
  const rules = settings.hotlinks
  if (!rules || (rules.placeholder || '').split('?')[0] === path) return
  const page = header('referer') || header('origin')
  // User, port and a trailing dot are no part of the host's name; what is no URL, `null` too, has none.
  const authority = page.split(/[/?#\\]/)[2] || ''
  const host = authority.replace(/.*@|\.?(:\d*)?$/g, '').toLowerCase()
  const allowed =
    host === header('host').replace(/:\d+$/, '') ||
    rules.hosts.some((each) => each === host || (each.charAt(0) === '*' && host.endsWith(each.slice(1))))
  if (page ? !allowed : rules.strict && header('sec-fetch-site') === 'cross-site') {
    reject('hotlink', '', rules.hosts.join(' '), page, rules.placeholder ? 302 : 403)
  }
}
