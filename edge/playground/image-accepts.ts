/**
 * Accept headers that browsers send for an `<img>`. Chrome 156 as recorded by us, with JPEG XL first; the others: MDN, "List of
 * default Accept values", Safari 16.4 and later from WebKit's sources.
 */
export const imageAccepts = {
  chrome: 'image/jxl,image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
  /** Since version 85, until JPEG XL came. */
  chrome85: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
  /** Before version 85, and web views that were never updated. */
  chrome84: 'image/webp,image/apng,image/*,*/*;q=0.8',
  safari:
    'image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
  /** Since version 14, until AVIF came. */
  safari14: 'image/webp,image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5',
  /** Before version 14: neither WebP nor AVIF. */
  safari13: 'image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5',
  firefox: 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
  /** Versions 92 to 127. */
  firefox92: 'image/avif,image/webp,*/*',
  /** A picture opened in a tab of its own: the Accept of a page. */
  chromeTab:
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
  /** curl, native apps, previews in messengers. */
  any: '*/*',
} as const
