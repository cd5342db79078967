import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** What `npm run synth` writes. */
export const assemblyFolder = join(root, 'cdk.out')

/** The stack that is played. */
export const stackName = 'Fovea'

/** What `edge/build.ts` makes of `edge/lambda/sandbox.ts`. */
export const sandboxScript = join(root, 'build/edge/sandbox.cjs')
