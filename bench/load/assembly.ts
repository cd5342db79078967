import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { root } from '../../edge/project.ts'

/**
 * Synthesizes the deployment of the trace into `folder`. Everything else must be built.
 *
 * @throws Error with the output of what failed.
 */
export async function synthesizeTraceDeployment(folder: string): Promise<void> {
  const settings = fileURLToPath(new URL('trace.config.ts', import.meta.url))
  await promisify(execFile)(process.execPath, ['--import', 'tsx', join(root, 'infra/app.ts')], {
    cwd: root,
    env: { ...process.env, FOVEA_CONFIG: settings, CDK_OUTDIR: folder },
  })
}
