import { processContext } from '../signer/cli/process-context.ts'
import { runCommand } from '../signer/cli/run-command.ts'
import { smokeCommand } from './smoke/smoke-command.ts'

process.exitCode = await runCommand(smokeCommand, process.argv.slice(2), processContext)
