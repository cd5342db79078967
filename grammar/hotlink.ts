import { reject } from './rejection.ts'

/** Whose pages may show the pictures. Left out, everyone's. */
export interface HotlinkSettings {
  hotlinks?: {
    /** What the own host and the URL of a page, with a space between them, are like where the page may (`formatPagePattern`). */
    pages: RegExp
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
  const allowed = page
    ? rules.pages.test(`${header('host')} ${page}`)
    : !rules.strict || header('sec-fetch-site') !== 'cross-site'
  if (!allowed) reject('hotlink', '', 'an allowed page', page, rules.placeholder ? 302 : 403)
}
