// Not part of the edge function: how settings are compiled into it.

/**
 * `settings` as a literal of the language: JSON in ASCII, so that its length is its bytes and U+2028 and U+2029, line ends
 * in ES5, cannot break it; regular expressions as literals, which are compiled once and not on every request.
 */
export function formatSettings(settings: unknown): string {
  const patterns: string[] = []
  const keep = (_name: string, each: unknown) =>
    Object.prototype.toString.call(each) === '[object RegExp]'
      ? `\u0000${patterns.push(String(each)) - 1}`
      : each
  return JSON.stringify(settings, keep)
    .replace(/"\\u0000(\d+)"/g, (_whole, index: string) => patterns[Number(index)] ?? '')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
