// What the AWS client says of Node's age is for who writes a program, not for who runs this one.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

import { processContext } from './process-context.ts'
import { runCli } from './run-cli.ts'

// `fovea`

process.exitCode = await runCli(process.argv.slice(2), processContext)
