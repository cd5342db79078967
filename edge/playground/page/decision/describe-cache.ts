import type { AskAnswer } from '../../api.ts'

/** Where an answer came from, in words. */
export function describeCache({ headers, before, after, status }: AskAnswer): string {
  const said = (headers['x-cache'] ?? '').split(' ')[0] ?? ''
  if (/^(?:Refresh)?Hit$/.test(said)) {
    const age = Number(headers.age ?? 0)
    return `hit, ${age < 1 ? 'less than a second' : describeAge(age)} old`
  }
  if (after.collapsed > before.collapsed && said === 'Miss') return 'miss, collapsed into another’s'
  if (said === 'Miss') return 'miss: made now, a hit from now on'
  if (said === 'FunctionGeneratedResponse') return 'not asked: the edge function answered'
  return status >= 400 ? 'an error, kept briefly or not at all' : said || 'not known'
}

/**
 * Runs of the transformer that the request caused: what the counts say, as far as it went to the origin itself. The counts are of
 * all requests of that moment, thumbnails among them.
 */
export function countRuns({ headers, before, after }: AskAnswer): number {
  const said = (headers['x-cache'] ?? '').split(' ')[0] ?? ''
  const ran = after.transformerInvocations - before.transformerInvocations
  return said === 'Miss' || said === 'Error' || said === 'RefreshHit' ? Math.min(1, Math.max(0, ran)) : 0
}

function describeAge(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 3600)} h`
}
