import { buildAll } from '../../edge/build.ts'
import { openKeyStore } from '../../signer/keys/key-store.ts'
import { newKey } from '../../signer/keys/signing-keys.ts'
import { readAlarms } from './alarms.ts'
import type { Fault } from './fault.ts'
import type { FaultsFigures } from './report.ts'
import { runFault } from './run-fault.ts'
import { createClient } from './send.ts'
import { benchKey } from './table/keys.ts'
import { chooseTargets, drawOriginal, originalKeys } from './targets.ts'
import { startTruth } from './truth.ts'

export interface FaultsOptions {
  faults: readonly Fault[]
  /** That each lasts, at least. */
  seconds: number
  requestsPerSecond: number
  /** Cloud assembly. Default: built and synthesized anew. */
  assembly?: string
  say(line: string): void
}

/** Injects the faults one after the other, each into an edge of its own, and compares all with one healthy edge. */
export async function runFaults(options: FaultsOptions): Promise<FaultsFigures> {
  const { faults, seconds, requestsPerSecond, assembly, say } = options
  if (assembly === undefined) await buildAll()
  const targets = chooseTargets()
  const alarms = readAlarms(assembly)
  const client = createClient()
  const truth = await startTruth(client, assembly)
  try {
    const access = truth.edge.keyValueStore
    if (!access) throw new Error('expected a KeyValueStore in the template but found none')
    const keyStore = openKeyStore(access)
    await newKey(keyStore, benchKey)
    keyStore.close()
    for (const [at, key] of originalKeys.entries()) await truth.put(key, await drawOriginal(at))
    say('what is right is made by a healthy edge')
    await Promise.all([...targets.popular, ...targets.aged].map((target) => truth.answer(target)))
    const figures: FaultsFigures = { requestsPerSecond, faults: [] }
    for (const fault of faults) {
      say(`${fault.name}: ${fault.done}`)
      figures.faults.push(
        await runFault(fault, { targets, truth, alarms, seconds, requestsPerSecond, assembly, say }),
      )
    }
    return figures
  } finally {
    client.close()
    await truth.close()
  }
}
