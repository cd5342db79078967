import { availableParallelism } from 'node:os'
import { startEdge } from '../../edge/edge.ts'

// The local edge in a process of its own: takes the folder of the originals, sends its port.

process.once('message', async ({ originals }: { originals: string }) => {
  const edge = await startEdge({ originals, port: 0, concurrency: 1000, sandboxes: availableParallelism() })
  process.once('disconnect', () => void edge.close().finally(() => process.exit()))
  process.send?.(Number(new URL(edge.url).port))
})
