import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { summarizeAccess } from './access-summary.ts'
import { root } from './built-files.ts'
import { FoveaStack } from './fovea-stack.ts'
import { isRefusedSettings } from './setting-rules.ts'
import { blameSettingsFile, loadSettings } from './settings-file.ts'

try {
  await synthesize()
} catch (error) {
  if (!isRefusedSettings(error)) throw error
  say(error.message)
  process.exitCode = 1
}

async function synthesize(): Promise<void> {
  const settings = await loadSettings()
  // Run alone (`tsx infra/app.ts`) or by the CDK's command line, which says in CDK_OUTDIR where it will look.
  const app = new App({ outdir: process.env.CDK_OUTDIR ?? join(root, 'cdk.out'), analyticsReporting: false })
  // Settings that are too many for the edge function are found here.
  const { pipeline } = await blameSettingsFile(() => new FoveaStack(app, 'Fovea', settings))
  app.synth()
  summarizeAccess(settings).forEach(say)
  say(
    pipeline.packaged
      ? "the transformer's asset is packaged"
      : "the transformer's asset is not packaged, a deployment is refused until `npm run package` has run",
  )
}

function say(line: string): void {
  process.stderr.write(`Fovea: ${line}\n`)
}
