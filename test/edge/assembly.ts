import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../../edge/project.ts'

/** Synthesizes the deployment of a file of settings, as `npm run synth` does, into a new folder, which it returns. */
export function synthesizeSettings(configFile: URL): string {
  const folder = mkdtempSync(join(tmpdir(), 'fovea-assembly-'))
  execFileSync(process.execPath, ['--import', 'tsx', join(root, 'infra/app.ts')], {
    cwd: root,
    env: { ...process.env, FOVEA_CONFIG: fileURLToPath(configFile), CDK_OUTDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return folder
}
