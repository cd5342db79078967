// What the AWS client says of Node's age is for who writes a program, not for who runs this one.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

import { runCli } from './run-cli.ts'

// `fovea`: the rim, where arguments, environment, clock and streams of the process are met.

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  folder: process.cwd(),
  now: Date.now,
  print: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
})
