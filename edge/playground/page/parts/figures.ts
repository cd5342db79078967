/** Bytes as a person reads them: `41 kB`, `5.1 MB`. Powers of ten. */
export function formatBytes(bytes: number): string {
  const [unit, name] = units.find(([size]) => Math.abs(bytes) >= size * 0.9995) ?? [1, 'B']
  const count = bytes / unit
  return `${count.toFixed(unit > 1 && Math.abs(count) < 9.95 ? 1 : 0)} ${name}`
}

const units = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const

/** Milliseconds as a person reads them: `0.4 ms`, `83 ms`, `1.2 s`. */
export function formatMs(ms: number): string {
  if (ms >= 999.5) return `${(ms / 1000).toFixed(1)} s`
  return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`
}

/** How much less `after` is than `before`: `99 %`, `99.2 %`; undefined where it is not less. */
export function formatSaving(before: number, after: number): string | undefined {
  if (!(before > 0) || after >= before) return undefined
  const percent = 100 * (1 - after / before)
  return `${percent >= 99 ? (Math.floor(percent * 10) / 10).toFixed(1) : Math.floor(percent)} %`
}

/** A count with thin spaces between thousands. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u202f')
}

/** `1 run`, `2 runs`. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** Formats as people write them. */
const formatNames: Readonly<Record<string, string>> = {
  avif: 'AVIF',
  webp: 'WebP',
  jpeg: 'JPEG',
  png: 'PNG',
  gif: 'GIF',
  svg: 'SVG',
  'svg+xml': 'SVG',
  tiff: 'TIFF',
  json: 'JSON',
}

/** `AVIF` for `avif` or `image/avif`. */
export function formatFormat(format: string): string {
  const name = format.replace(/^[a-z]+\//, '').replace(/;.*/, '')
  return formatNames[name] ?? name
}
