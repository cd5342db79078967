import { startEdge } from '../../edge/edge.ts'
import { openKeyStore } from '../../signer/keys/key-store.ts'
import { newKey } from '../../signer/keys/signing-keys.ts'
import { signingKey } from '../trace/site.ts'

/** What `edge-process.ts` is sent first. */
export interface LoadEdgeSetup {
  /** Folder of the originals. */
  originals: string
  /** Folder of the cloud assembly. */
  assembly: string
  /** Runs of the Lambda at a time, beyond which viewers get 429. */
  concurrency: number
  sandboxes: number
}

/** What it may be sent later: its clock goes on by so much. */
export interface LoadEdgeClock {
  advanceSeconds: number
}

// The local edge in a process of its own, with the key of the trace. Takes its setup, sends its port.

// Lambda runs a newer Node than this machine may have.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

let aheadMs = 0

process.once('message', async (setup: LoadEdgeSetup) => {
  process.on('message', ({ advanceSeconds }: LoadEdgeClock) => {
    aheadMs += advanceSeconds * 1000
  })
  const edge = await startEdge({ ...setup, port: 0, now: () => Date.now() + aheadMs })
  process.once('disconnect', () => void edge.close().finally(() => process.exit()))
  if (!edge.keyValueStore) throw new Error('expected a KeyValueStore in the template')
  const store = openKeyStore(edge.keyValueStore)
  await newKey(store, signingKey)
  store.close()
  process.send?.(Number(new URL(edge.url).port))
})
