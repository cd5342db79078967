import { readParameter, readPieces, splitRequestUrl } from '../request/request-url.ts'

/**
 * A signed URL as somebody might change it who wants a larger picture, its signature kept: another width, or, where it names
 * none, one more parameter.
 */
export function tamperWith(url: string): string {
  const width = Number(readParameter(url, 'width') ?? '')
  const { path } = splitRequestUrl(url)
  const pieces = readPieces(url)
  if (!(width > 0)) return `${path}?${['width=1234', ...pieces.map(({ sent }) => sent)].join('&')}`
  const other = width >= 8000 ? width - 1 : width + 1
  return `${path}?${pieces.map(({ name, sent }) => (name === 'width' ? sent.replace(/=.*/, `=${other}`) : sent)).join('&')}`
}
