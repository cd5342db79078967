import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { summarizeAccess } from './access-summary.ts'
import { root } from './built-files.ts'
import { FoveaStack } from './fovea-stack.ts'
import { loadSettings } from './settings-file.ts'

const settings = await loadSettings()

// Run alone (`tsx infra/app.ts`) or by the CDK's command line, which says in CDK_OUTDIR where it will look.
const app = new App({ outdir: process.env.CDK_OUTDIR ?? join(root, 'cdk.out'), analyticsReporting: false })
const { pipeline } = new FoveaStack(app, 'Fovea', settings)
app.synth()

for (const line of summarizeAccess(settings)) process.stderr.write(`Fovea: ${line}\n`)
process.stderr.write(
  pipeline.packaged
    ? "Fovea: the transformer's asset is packaged\n"
    : "Fovea: the transformer's asset is not packaged, a deployment is refused until `npm run package` has run\n",
)
