import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { newKey } from '../../signer/keys/signing-keys.ts'
import { type Alarm, observeAlarms } from './alarms.ts'
import { countAnswers } from './count-answers.ts'
import { type Fault, isStreamName, type World } from './fault.ts'
import { describeUnplayed, type FaultFigures } from './figures.ts'
import { createGenerations } from './generations.ts'
import { createJudge, type Judge } from './judge.ts'
import { type Load, startLoad } from './load.ts'
import { cleanMs, findRecovery } from './recovery.ts'
import { type Client, createClient, type Received, type Target } from './send.ts'
import { createSign } from './sign.ts'
import { createStreams } from './streams.ts'
import { sweepCache } from './sweep.ts'
import { benchKey } from './table/keys.ts'
import { originalKeys, type Targets } from './targets.ts'
import { startTestedEdge, type TestedEdge } from './tested-edge.ts'
import type { Truth } from './truth.ts'

export interface RunFaultOptions {
  targets: Targets
  truth: Truth
  alarms: readonly Alarm[]
  /** That a fault lasts. */
  seconds: number
  /** Of all parts of the load that have no rate of the fault's own. */
  requestsPerSecond: number
  /** Cloud assembly. Default: what `npm run synth` writes. */
  assembly?: string
  say(line: string): void
}

/** Seconds of load before the fault. */
const beforeSeconds = 1.5

/** Milliseconds after a fault in which all must be well again. */
const recoveryLimitMs = 30_000

/** What is cached for 30 days is overdue by two: beyond stale-while-revalidate, within stale-if-error. */
const ageSeconds = 32 * 86_400

/** Milliseconds until no error is kept any more that is kept for a second. */
const errorsForgottenMs = 1300

/** Variants at a time before the load: fewer than any fault leaves the Lambda. */
const warmingAtOnce = 3

/** Widths that only a signature gets. */
const signedWidths = [201, 303]

/** Injects one fault into an edge of its own under load, and looks what comes of it. */
export async function runFault(fault: Fault, options: RunFaultOptions): Promise<FaultFigures> {
  const obstacle = fault.findObstacle?.()
  if (obstacle !== undefined) return describeUnplayed(fault.name, obstacle)
  const own = await fault.assemble?.()
  if (own && 'obstacle' in own) return describeUnplayed(fault.name, own.obstacle)
  const assembly = own?.assembly ?? options.assembly
  const client = createClient()
  const edge = await startTestedEdge({ ...fault.edge, assembly })
  try {
    await newKey(edge.keyStore, benchKey)
    return await observe(fault, edge, client, options)
  } finally {
    client.close()
    await edge.close()
    if (own) await rm(dirname(own.assembly), { recursive: true, force: true })
  }
}

async function observe(
  fault: Fault,
  edge: TestedEdge,
  client: Client,
  options: RunFaultOptions,
): Promise<FaultFigures> {
  const { targets, truth, alarms, requestsPerSecond, say } = options
  const generations = createGenerations()
  const judge = createJudge(truth, generations)
  const notes: string[] = []
  const seconds = Math.max(options.seconds, fault.minSeconds ?? 0)
  const special: Target[] = []
  const sign = createSign()
  const world: World = { edge, truth, generations, sign, special, seconds, note: (line) => notes.push(line) }
  const signed = originalKeys.slice(2, 6).flatMap((key) => signedWidths.map((width) => sign(key, width)))
  await fault.prepare?.(world)
  await warm(edge, client, targets, signed)

  const part = { fault, targets, signed, special, requestsPerSecond, agedFrom: Number.POSITIVE_INFINITY }
  const watched: Client = { ...client, send: watchBodies(client, judge) }
  const load = startLoad(edge.url, watched, createStreams(part))
  await setTimeout(beforeSeconds * 1000)
  const before = await edge.count()
  const injectedAt = Date.now()
  part.agedFrom = injectedAt
  const lift = await fault.inject(world)
  await setTimeout(Math.max(0, injectedAt + seconds * 1000 - Date.now()))
  const liftingAt = Date.now()
  await lift()
  const liftedAt = Date.now()
  const during = await edge.count()
  const isFailure = (received: Received) => failsAfter(received, fault, judge)
  const recoveryMs = await awaitRecovery(load, liftedAt, isFailure)
  await load.stop()
  await setTimeout(errorsForgottenMs)
  const verdicts = await Promise.all(
    load.received.map(async (received) => ({ received, verdict: await judge.judge(received) })),
  )
  const excused = new Set(
    load.received.filter((each) => afterOf(fault, each).length > 0).map(({ target }) => target),
  )
  const asked = new Set([...load.received.map(({ target }) => target), ...targets.popular])
  const sweep = await sweepCache(
    [...asked].filter((target) => !excused.has(target)),
    { url: edge.url, client, truth, generations },
  )
  const lasted = (liftedAt - injectedAt) / 1000
  const counted = countAnswers({ verdicts, fault, injectedAt, liftingAt, liftedAt })
  const { timeouts, ...metrics } = counted.metrics
  const seen = observeAlarms(alarms, {
    seconds: lasted,
    ...metrics,
    throttled: during.throttled - before.throttled,
    // Lambda counts what ran out of time as it counts what crashed.
    transformerErrors: during.crashes - before.crashes + timeouts,
  })
  say(`${fault.name}: ${load.received.length} requests, recovered after ${recoveryMs ?? 'never'} ms`)
  return {
    name: fault.name,
    seconds: lasted,
    requests: load.received.length,
    requestsDuring: counted.metrics.requests,
    ...counted.viewers,
    recoveryMs,
    alarms: seen,
    sweep,
    notes,
  }
}

/** Sends, and shows the judge the bodies that came. */
function watchBodies(client: Client, judge: Judge): Client['send'] {
  return async (url, target, stream) => {
    let body: Buffer | undefined
    const received = await client.send(url, target, stream, (came) => {
      body = came
    })
    if (body) judge.see(received, body)
    return received
  }
}

/** First what is to be overdue, then a month, then what is to be fresh. */
async function warm(
  edge: TestedEdge,
  client: Client,
  { aged, popular }: Targets,
  signed: readonly Target[],
): Promise<void> {
  const askAll = async (targets: readonly Target[]) => {
    const left = targets[Symbol.iterator]()
    const askNext = async () => {
      for (const target of left) {
        const { status } = await client.send(edge.url, target, 'warm')
        if (status !== 200) {
          throw new Error(`expected ${target.url} before any fault but received ${status}`)
        }
      }
    }
    await Promise.all(Array.from({ length: warmingAtOnce }, askNext))
  }
  await askAll(aged)
  await edge.advance(ageSeconds)
  await askAll([...popular, ...signed])
}

/** Statuses that stay right for what a request was part of. */
function afterOf(fault: Fault, { stream }: Received): readonly number[] {
  return (isStreamName(stream) && fault.after?.[stream]) || []
}

/** By status: the truth of bytes may take a while, and is asked for when the load is over. */
async function failsAfter(received: Received, fault: Fault, judge: Judge): Promise<boolean> {
  if (received.broken) return true
  if (received.status < 400 || afterOf(fault, received).includes(received.status)) return false
  return (await judge.judge(received)).kind !== 'right'
}

async function awaitRecovery(
  load: Load,
  liftedAt: number,
  isFailure: (received: Received) => Promise<boolean>,
): Promise<number | null> {
  while (Date.now() < liftedAt + recoveryLimitMs) {
    await setTimeout(100)
    if (Date.now() < liftedAt + cleanMs) continue
    const after = load.received.filter(({ sentAt }) => sentAt >= liftedAt)
    const outcomes = await Promise.all(
      after.map(async (each) => ({ ...each, failed: await isFailure(each) })),
    )
    const recovered = findRecovery(outcomes, liftedAt, load.settledUntil(liftedAt))
    if (recovered !== undefined) return recovered
  }
  return null
}
