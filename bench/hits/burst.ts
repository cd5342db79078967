import { ask, readStats } from './client.ts'
import { pictureKey } from './picture.ts'

/** What many first requests of one variant caused. */
export interface Burst {
  requests: number
  transformerInvocations: number
  /** Requests that waited for the one fetch. */
  collapsed: number
}

/** Requests at the same moment. */
const requests = 50

/** A variant that no round has asked for. */
const freshQuery = 'width=640'

/**
 * Asks for a variant that nobody has asked for, many times at once.
 *
 * @throws Error where the answers are not one and the same image.
 */
export async function measureBurst(edgeUrl: string): Promise<Burst> {
  const before = await readStats(edgeUrl)
  const url = `${edgeUrl}/${pictureKey}?${freshQuery}`
  const answers = await Promise.all(Array.from({ length: requests }, () => ask(url)))
  const after = await readStats(edgeUrl)
  const bodies = new Set(answers.map(({ status, body }) => `${status} ${body.toString('base64')}`))
  if (bodies.size !== 1 || answers[0]?.status !== 200) {
    throw new Error(`expected one image ${requests} times but received ${bodies.size} different answers`)
  }
  return {
    requests,
    transformerInvocations: after.transformerInvocations - before.transformerInvocations,
    collapsed: after.collapsed - before.collapsed,
  }
}
