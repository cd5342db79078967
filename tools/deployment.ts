// What the AWS client says of Node's age is for who writes a program, not for who runs this one.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

import { processContext } from '../signer/cli/process-context.ts'
import { runCommand } from '../signer/cli/run-command.ts'
import { createDeployCommand, deployOptions } from './deployment/deploy-command.ts'
import { createDestroyCommand, destroyOptions } from './deployment/destroy-command.ts'
import { createDiffCommand, diffOptions } from './deployment/diff-command.ts'
import { processRim } from './deployment/rim.ts'
import { splitArguments } from './deployment/split-arguments.ts'

const tools = {
  deploy: [createDeployCommand, deployOptions],
  diff: [createDiffCommand, diffOptions],
  destroy: [createDestroyCommand, destroyOptions],
} as const

// `tsx tools/deployment.ts deploy …`, as package.json has it.
const [name = '', ...argv] = process.argv.slice(2)
const tool = Object.entries(tools).find(([each]) => each === name)?.[1]
if (tool) {
  const [create, options] = tool
  const { own, passed } = splitArguments(argv, options)
  process.exitCode = await runCommand(create(processRim, passed), own, processContext)
} else {
  processContext.note(`expected ${Object.keys(tools).join(', ')} but received ${name || 'nothing'}`)
  process.exitCode = 2
}
