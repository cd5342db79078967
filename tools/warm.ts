import { processContext } from '../signer/cli/process-context.ts'
import { runCommand } from '../signer/cli/run-command.ts'
import { createWarmCommand } from './warm/warm-command.ts'

process.exitCode = await runCommand(createWarmCommand(process.stderr), process.argv.slice(2), processContext)
