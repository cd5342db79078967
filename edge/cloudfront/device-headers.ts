/**
 * The device headers that CloudFront derives from User-Agent, where the origin request policy lists them. CloudFront's
 * rules are not published: these tell phones, tablets and the rest apart by the words their browsers send.
 */
export function deriveDeviceHeaders(userAgent: string, listed: readonly string[]): Record<string, string> {
  const tablet = /iPad|Tablet|PlayBook|Silk|Android(?!.*Mobile)/i.test(userAgent)
  const mobile = !tablet && /Mobi|iPhone|iPod|Android|Windows Phone|BlackBerry/i.test(userAgent)
  const kinds: Record<string, boolean> = {
    'cloudfront-is-mobile-viewer': mobile,
    'cloudfront-is-tablet-viewer': tablet,
    'cloudfront-is-desktop-viewer': !mobile && !tablet,
  }
  return Object.fromEntries(
    Object.entries(kinds)
      .filter(([name]) => listed.includes(name))
      .map(([name, is]) => [name, String(is)]),
  )
}
