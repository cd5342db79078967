import { createS3Endpoint } from '../edge/s3-endpoint/endpoint.ts'
import type { S3Setup } from './originals.ts'

// The embedded S3 in a process of its own: takes its setup, sends its port.

process.once('message', async (setup: S3Setup) => {
  const { port } = await createS3Endpoint({ ...setup, now: Date.now }).listen()
  process.once('disconnect', () => process.exit())
  process.send?.(port)
})
