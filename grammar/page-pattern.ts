// Not part of the edge function: what it tests pages by, compiled into its settings.

/**
 * The regular expression of the host that is asked and the URL of a page, with a space between them, where the page is of
 * that host or of one of `hosts`.
 *
 * Security: all of the host is compared. User and port stand around it and a dot may end it, but neither what stands in
 * the path or query nor a longer name that contains it matches; and what is no URL, `null` too, has no host.
 *
 * @param hosts names in ASCII; `*.example.com` is every host below example.com, but not example.com.
 */
export function formatPagePattern(hosts: readonly string[]): RegExp {
  const names = hosts.map((host) => host.replace(/\./g, '\\.').replace(/^\*/, '[\\w.-]+'))
  const host = ['\\1', ...names].join('|')
  const page = `https?:\\/\\/([^/?#\\\\ ]*@)?(${host})\\.?(:\\d*)?([/?#\\\\]|$)`
  return new RegExp(`^([\\w.-]+)(?::\\d+)? ${page}`, 'i')
}

/** The hosts of which {@link formatPagePattern} made `pages`. */
export function listPageHosts(pages: RegExp): string[] {
  const [, names = ''] = /\(\\1\|?(.*?)\)\\\.\?\(:/.exec(pages.source) ?? []
  return names
    .split('|')
    .filter((name) => name !== '')
    .map((name) => name.replace(/^\[\\w\.-\]\+/, '*').replaceAll('\\.', '.'))
}
