import { setTimeout } from 'node:timers/promises'
import { startEventFlow } from '../../../edge/events/event-flow.ts'
import { type ChangeType, formatOriginalEvent } from '../../../edge/events/original-events.ts'
import { assemblyFolder, stackName } from '../../../edge/project.ts'
import type { Queue } from '../../../edge/queue/queue.ts'
import { readDeployment } from '../../../edge/template/read-deployment.ts'
import { readTemplate } from '../../../edge/template/template.ts'

/** The queues and the built function of the synthesized template, in front of a list of what was invalidated. */
export interface RunningFlow {
  /** Items of each invalidation, in their order. */
  invalidations: (readonly string[])[]
  /** Sends an event of S3, as the bucket of the template. */
  change(key: string, type?: ChangeType): void
  /** Of what waits to be dealt with. */
  changes: Queue
  deadLetters: Queue
  advance(seconds: number): void
  /** Waits until `reached`, moving the clock so many seconds each time that it looks. */
  until(reached: () => boolean, secondsEach?: number): Promise<void>
  close(): Promise<void>
}

const opened: RunningFlow[] = []

/** Milliseconds of real time, for a machine that has much else to do. */
const patienceMs = 120_000

/** @param onInvalidate is told the items before they are listed; what it throws is CloudFront's refusal. */
export async function openFlow(onInvalidate?: (items: readonly string[]) => void): Promise<RunningFlow> {
  const deployment = readDeployment(await readTemplate(assemblyFolder, stackName))
  const invalidations: (readonly string[])[] = []
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const running = await startEventFlow({
    deployment,
    invalidate(items) {
      onInvalidate?.(items)
      invalidations.push(items)
    },
    credentials: { accessKeyId: 'LOCALROLE', secretAccessKey: 'of no use elsewhere' },
    now,
    say: (line) => console.error(line),
  })
  const [changes, deadLetters] = ['Changes', 'DeadLetters'].map((name) =>
    [...running.queues].find(([id]) => id.includes(name))?.at(1),
  ) as [Queue, Queue]
  const advance = (seconds: number) => {
    aheadMs += seconds * 1000
  }
  const flow: RunningFlow = {
    invalidations,
    change: (key, type = 'Object Created') =>
      running.send(formatOriginalEvent(type, key, 'fovea-originals', now())),
    changes,
    deadLetters,
    advance,
    async until(reached, secondsEach = 0) {
      const endAt = Date.now() + patienceMs
      while (!reached()) {
        if (Date.now() > endAt) throw new Error(`expected an end after ${invalidations.length} invalidations`)
        await setTimeout(100)
        advance(secondsEach)
      }
    },
    close: () => running.close(),
  }
  opened.push(flow)
  return flow
}

export async function closeFlows(): Promise<void> {
  for (const flow of opened.splice(0)) await flow.close()
}
