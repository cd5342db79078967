import { randomBytes } from 'node:crypto'
import { encodeKey } from '../../../signer/encode-key.ts'
import type { EdgeInside } from '../../own-pages.ts'
import type { BurstAnswer } from '../api.ts'
import { askEdge } from './ask-edge.ts'
import { readDeployedSettings } from './deployed-settings.ts'
import type { PlaygroundKey } from './playground-key.ts'
import { type Members, refuse } from './read-call.ts'
import { Refusal } from './refusal.ts'
import type { Thumbhashes } from './thumbhashes.ts'
import { viewers } from './viewers.ts'

const maxRequests = 500
const maxVariants = 11

/** What makes bursts, one at a time: two would count each other's. */
export interface Bursts {
  /** @throws Refusal 400, 409 while another is under way. */
  run(members: Members): Promise<BurstAnswer>
}

/** None is under way at first. */
export function createBursts(
  inside: EdgeInside,
  key: PlaygroundKey,
  { pauseFor }: Pick<Thumbhashes, 'pauseFor'>,
): Bursts {
  let underWay = false
  return {
    async run(members) {
      const { ladder } = readDeployedSettings(inside.deployment()).usual
      const { path } = readKey(members.text('key'))
      const requests = members.optionalWhole('requests', 1, maxRequests) ?? 300
      const most = Math.min(maxVariants, ladder.length, requests)
      const variants = members.optionalWhole('variants', 1, most) ?? Math.min(4, most)
      if (underWay) throw new Refusal(409, 'One at a time', 'expected the last burst to have ended')
      underWay = true
      try {
        const targets = await listTargets(path, ladder.slice(0, variants), key)
        return await pauseFor(() => runBurst(inside, targets, requests))
      } finally {
        underWay = false
      }
    },
  }
}

function readKey(key: string) {
  try {
    return encodeKey(key)
  } catch {
    throw refuse('key', 'the key of an original', key)
  }
}

/**
 * The smallest widths of the ladder, each with a `version` that nobody can have asked for: surely not in the cache. Without a
 * signature a version has no effect.
 */
async function listTargets(path: string, widths: readonly number[], key: PlaygroundKey): Promise<string[]> {
  const version = `burst-${randomBytes(6).toString('hex')}`
  const signed = widths.map((width) => key.sign(`/${path}?width=${width}&version=${version}`))
  return (await Promise.all(signed)).map(({ url }) => url)
}

async function runBurst(
  inside: EdgeInside,
  targets: readonly string[],
  requests: number,
): Promise<BurstAnswer> {
  const [{ headers }] = viewers as [(typeof viewers)[number]]
  const before = { ...inside.stats }
  const startedAt = performance.now()
  const replies = await Promise.all(
    Array.from({ length: requests }, (_, index) =>
      askEdge(inside.url, { target: targets[index % targets.length] ?? '', headers }),
    ),
  )
  const ms = performance.now() - startedAt
  const after = { ...inside.stats }
  const times = replies.map((reply) => reply.ms).sort((one, other) => one - other)
  const percentile = (share: number) => times[Math.ceil(share * times.length) - 1] ?? 0
  return {
    requests,
    variants: targets.length,
    transformerInvocations: after.transformerInvocations - before.transformerInvocations,
    collapsed: after.collapsed - before.collapsed,
    hits: after.hits - before.hits,
    errors: replies.filter(({ status }) => status !== 200).length,
    ms,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
  }
}
