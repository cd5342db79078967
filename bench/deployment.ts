import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildAll } from '../edge/build.ts'
import { assemblyFolder, ownSharpScript, stackName } from '../edge/project.ts'
import { readDeployment } from '../edge/template/read-deployment.ts'
import { readTemplate } from '../edge/template/template.ts'

/** What would be deployed, built anew. */
export interface BuiltDeployment {
  /** The edge function with its settings. */
  viewerFunction: { name: string; code: string }
  transformer: BuiltTransformer
}

/** The transformer's asset: a copy of `build/lambda` that no later build changes. */
export interface BuiltTransformer {
  /** The bundle. */
  file: string
  /** As the template has it: settings, threads, arenas of malloc. */
  environment: Readonly<Record<string, string>>
  /** Flags of Node that give it this machine's sharp, where the asset is packaged with another's. */
  execArgv: readonly string[]
  memoryMegabytes: number
}

/**
 * Builds everything and reads the template.
 *
 * @throws Error with the output of the build that failed.
 */
export async function buildDeployment(): Promise<BuiltDeployment> {
  await buildAll()
  const { behaviours, functions } = readDeployment(await readTemplate(assemblyFolder, stackName))
  const viewerFunction = behaviours.find((behaviour) => behaviour.viewerFunction)?.viewerFunction
  const [transformer] = functions
  if (!viewerFunction || !transformer)
    throw new Error('expected a viewer function and a transformer in the template')
  const { folder, environment, memoryMegabytes } = transformer
  return {
    viewerFunction,
    transformer: {
      file: join(folder, 'index.js'),
      environment,
      execArgv: existsSync(join(folder, 'node_modules')) ? ['--require', ownSharpScript] : [],
      memoryMegabytes,
    },
  }
}
