import type { Decision } from '../../edge/cloudfront/decision.ts'
import { loadViewerFunction, type RunViewerFunction } from '../../edge/cloudfront/viewer-function.ts'
import { median } from '../statistics.ts'
import { idleCode } from './njs.ts'
import { createCountingStore } from './store.ts'

/** Calls of a round: enough that the compiler has settled after the first. */
const callsOfRound = 4000

/** Rounds; the first is not counted. */
const rounds = 12

/** What the function in `code` answers to `event`: the path and query of a request, or a status and an error; and what it read. */
export async function askInVm(code: string, event: string): Promise<{ answer: string; storeReads: number }> {
  const { store, countReads } = createCountingStore()
  const decision = await loadViewerFunction({ name: 'bench', code }, store)(event)
  return { answer: formatAnswer(decision), storeReads: countReads() }
}

function formatAnswer(decision: Decision): string {
  switch (decision.kind) {
    case 'request':
      return `${decision.uri}?${decision.querystring}`
    case 'response':
      return `${decision.status} ${decision.headers['x-fovea-error'] ?? ''}`
    case 'failure':
      throw new Error(`expected an answer but received ${decision.reason}`)
  }
}

/**
 * Microseconds of a call in node:vm, without those of passing the event. An answer of the function's own is passed as
 * JSON, which is counted. Rounds take turns with an idle function.
 */
export async function timeInVm(code: string, event: string): Promise<number> {
  const [busy, idle] = [load(code), load(idleCode)]
  const differences: number[] = []
  for (let round = 0; round < rounds; round++) {
    differences.push((await timeRound(busy, event)) - (await timeRound(idle, event)))
  }
  return (median(differences.slice(1)) / callsOfRound) * 1000
}

/** In milliseconds. */
async function timeRound(run: RunViewerFunction, event: string): Promise<number> {
  const startedAt = performance.now()
  for (let call = 0; call < callsOfRound; call++) {
    const decision = run(event)
    // Awaiting what is no promise would cost a turn of the loop each.
    if (decision instanceof Promise) await decision
  }
  return performance.now() - startedAt
}

function load(code: string): RunViewerFunction {
  return loadViewerFunction({ name: 'bench', code }, createCountingStore().store)
}
