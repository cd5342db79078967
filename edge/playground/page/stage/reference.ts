import { decodeTilde } from '../../../../grammar/escaping.ts'
import type { AskAnswer, SignAnswer } from '../../api.ts'
import { callApi } from '../request/call-api.ts'
import { readVariantFacts } from '../request/read-answer.ts'

/** The original, cut and scaled to the very pixels of a result, to compare that with. */
export interface Reference {
  url: string
  /** How it is coded: without loss, or nearly, where that would be too large to send. */
  coding: 'lossless' | 'quality 95'
}

/** What decides which pixels are shown, and not how they look. */
const geometry = [
  ...['width', 'height', 'aspect', 'fit', 'gravity', 'enlarge', 'crop', 'trim', 'rotate', 'flip', 'pad'],
  ...['background', 'radius', 'page'],
]

/** Pixels up to which a photograph without loss fits the 4.5 MB of a buffered answer. */
const maxLosslessPixels = 1_200_000

/**
 * The URL of the reference, before it is signed, for what the edge answered: its canonical URL without what changes colours, as
 * PNG, or as WebP where that would be too large; undefined where there is no picture to compare with.
 */
export function planReference(
  answer: AskAnswer,
): { request: string; coding: Reference['coding'] } | undefined {
  const { canonical } = answer.explanation
  const facts = readVariantFacts(answer.headers)
  if (!canonical || !facts || !answer.picture || (facts.originalFormat === 'svg' && facts.format === 'svg'))
    return undefined
  const [path = '', query = ''] = canonical.split('?')
  const kept = query
    .split('&')
    .map((pair) => pair.split('=') as [string, string])
    .filter(([name]) => geometry.includes(name))
    .map(([name, value]) => `${name}=${encodeURIComponent(decodeTilde(value))}`)
  const coding = facts.width * facts.height <= maxLosslessPixels ? 'lossless' : 'quality 95'
  const format = coding === 'lossless' ? ['format=png'] : ['format=webp', 'quality=95']
  const key = decodeTilde(path.slice(1)).split('/').map(encodeURIComponent).join('/')
  return { request: `/${key}?${[...kept, ...format, 'animated=0'].join('&')}`, coding }
}

/** The reference for a request of {@link planReference}, signed: exact sizes are not for everyone. */
export async function makeReference(
  request: string,
  coding: Reference['coding'],
  signal: AbortSignal,
): Promise<Reference> {
  const { url } = await callApi<SignAnswer>('sign', { url: request }, signal)
  return { url, coding }
}
