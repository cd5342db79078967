import type { VariantParameters } from '../../grammar/parameters.ts'
import type { Problem } from '../../grammar/problem.ts'
import { type Made, makeVariant } from '../make.ts'
import type { TransformerSettings } from '../settings.ts'
import { startStopwatch } from '../stopwatch.ts'
import { TransformError } from '../transform-error.ts'

/** What the child is asked. */
export interface VectorRequest {
  bytes: Uint8Array
  parameters: VariantParameters
  settings: TransformerSettings
  overlay?: Uint8Array
}

/** What it answers. */
export type VectorReply = { made: Made } | { problem: Problem; cause: string }

/** Serves {@link VectorRequest}s over IPC until the parent goes away. */
export function serveVectors(): void {
  process.on('message', async ({ bytes, parameters, settings, overlay }: VectorRequest) => {
    const laid = overlay && Buffer.from(overlay)
    process.send?.(await make(Buffer.from(bytes), parameters, settings, laid))
  })
  // SIGKILL: with a stuck libvips even process.exit() would hang.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
}

async function make(
  bytes: Buffer,
  parameters: VariantParameters,
  settings: TransformerSettings,
  overlay: Buffer | undefined,
): Promise<VectorReply> {
  try {
    return { made: await makeVariant(bytes, parameters, settings, startStopwatch(), overlay) }
  } catch (error) {
    const known =
      error instanceof TransformError ? error : new TransformError('failed', 'a variant', 'a failure', error)
    return { problem: known.problem, cause: known.cause instanceof Error ? known.cause.message : '' }
  }
}
