import type { Answer } from './answer.ts'

/**
 * Returns `answer` as nobody keeps it longer than `maxAgeSeconds`: browsers, CloudFront, fresh or stale. For a transformer that reads
 * copies of the originals, which may be older than these: what is made of one must be gone soon, whatever was invalidated before.
 * So nothing stays stale beyond it and nothing is immutable; what was kept for less, or not at all, stays so.
 */
export function capLifetime(answer: Answer, maxAgeSeconds: number): Answer {
  const directives = (answer.headers['cache-control'] ?? '').split(', ').flatMap((directive) => {
    const [name = '', seconds] = directive.split('=')
    if (name === 'immutable' || name.startsWith('stale-')) return []
    return seconds === undefined ? [directive] : [`${name}=${Math.min(Number(seconds), maxAgeSeconds)}`]
  })
  return { ...answer, headers: { ...answer.headers, 'cache-control': directives.join(', ') } }
}
