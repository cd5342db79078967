import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../../../edge/project.ts'
import type { Fault } from '../fault.ts'

export const regionFaults: readonly Fault[] = [
  {
    name: 'region-lost',
    done: 'of a deployment in two regions the first one’s transformer is gone, and refuses connections',
    design: 'misses are made in the second region; nobody sees an error',
    allowed: {},
    alarms: [],
    assemble: synthesizeTwoRegions,
    async inject({ edge }) {
      await edge.setRegionLost(true)
      return () => edge.setRegionLost(false)
    },
  },
]

const runFile = promisify(execFile)

/** Settings of a deployment in two regions. By address, since the file is not in the project. */
const config = `
  const { defineSettings } = await import(${JSON.stringify(join(root, 'infra/settings.ts'))})
  export default defineSettings({ secondRegion: { region: 'eu-west-1' } })
`

/** Synthesizes it as `npm run synth` does, into a folder for temporary files. */
async function synthesizeTwoRegions(): Promise<{ assembly: string } | { obstacle: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'fovea-regions-'))
  const file = join(folder, 'config.mts')
  const assembly = join(folder, 'cdk.out')
  await writeFile(file, config)
  try {
    await runFile(process.execPath, ['--import', 'tsx', join(root, 'infra/app.ts')], {
      cwd: root,
      env: { ...process.env, FOVEA_CONFIG: file, CDK_OUTDIR: assembly },
    })
    return { assembly }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    const [reason] = /Error: .*/.exec(String((error as { stderr?: string }).stderr)) ?? [String(error)]
    // A list of all settings says less.
    const known = !/received 'secondRegion'/.test(reason)
    return {
      obstacle: known ? `no deployment in two regions: ${reason}` : 'not in this template: it has one region',
    }
  }
}
