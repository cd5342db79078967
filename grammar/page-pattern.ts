// Not part of the edge function: what it tests pages by, compiled into its settings.

/**
 * The regular expression of the URLs of all pages of `hosts`.
 *
 * Security: all of the host is compared. User and port stand around it and a dot may end it, but neither what stands in
 * the path or query nor a longer name that contains it matches; and what is no URL, `null` too, has no host.
 *
 * @param hosts names in ASCII; `*.example.com` is every host below example.com, but not example.com.
 */
export function formatPagePattern(hosts: readonly string[]): RegExp {
  const names = hosts.map((host) => host.replace(/\./g, '\\.').replace(/^\*/, '[\\w.-]+'))
  return new RegExp(`^https?:\\/\\/([^/?#\\\\]*@)?(${names.join('|')})\\.?(:\\d*)?([/?#\\\\]|$)`, 'i')
}
