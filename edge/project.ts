import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The edge function as it is built, without settings. */
export const viewerFunctionFile = join(root, 'build/viewer-fn/index.js')

/** What `npm run synth` writes. */
export const assemblyFolder = join(root, 'cdk.out')

/** The stack that is played. */
export const stackName = 'Fovea'

/** Where `edge/build.ts` puts the scripts of `edge/lambda` that run in processes of their own. */
const scripts = join(root, 'build/edge')
export const sandboxScript = join(scripts, 'sandbox.cjs')
export const ownSharpScript = join(scripts, 'own-sharp.cjs')

/** What the Lambda of `npm start` has written. */
export const lambdaLogFile = join(root, 'build/edge/lambda.log')
