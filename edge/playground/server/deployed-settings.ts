import { readFileSync } from 'node:fs'
import type { DecisionSettings } from '../../../grammar/decide.ts'
import { defaultSettings } from '../../../grammar/default-settings.ts'
import { splitCompiledCode } from '../../cloudfront/compiled-settings.ts'
import { compilePathPattern } from '../../cloudfront/path-pattern.ts'
import { viewerFunctionFile } from '../../project.ts'
import type { Behaviour, Deployment } from '../../template/deployment.ts'

/** What the deployment that is played has been told. */
export interface DeployedSettings {
  /** What the function of the default behaviour decides by. */
  usual: DecisionSettings
  /** The behaviour of a path, with what its function decides by. */
  find(path: string): { behaviour: Behaviour; settings: DecisionSettings }
  /** Bytes of an original. */
  maxSourceBytes: number
}

/** Bytes of an original where the deployment says nothing: as the transformer takes it. */
const defaultMaxSourceBytes = 50 * 1024 * 1024

const known = new WeakMap<Deployment, DeployedSettings>()

/**
 * The settings as they are in `deployment`: those compiled into its viewer functions, and its Lambda's environment. Not those of
 * `fovea.config.ts`, which may have changed since.
 */
export function readDeployedSettings(deployment: Deployment): DeployedSettings {
  const found = known.get(deployment)
  if (found) return found
  const behaviours = deployment.behaviours.map((behaviour) => ({
    behaviour,
    settings: readFunctionSettings(behaviour),
    matches: compilePathPattern(behaviour.pathPattern),
  }))
  const usual = behaviours.at(-1)
  if (!usual) throw new Error('expected a default behaviour in the deployment')
  const bytes = Number(deployment.functions[0]?.environment.FOVEA_MAX_SOURCE_BYTES)
  const settings: DeployedSettings = {
    usual: usual.settings,
    find: (path) => behaviours.find(({ matches }) => matches(path)) ?? usual,
    maxSourceBytes: bytes > 0 ? bytes : defaultMaxSourceBytes,
  }
  known.set(deployment, settings)
  return settings
}

function readFunctionSettings({ viewerFunction }: Behaviour): DecisionSettings {
  if (!viewerFunction) return defaultSettings
  const built = readFileSync(viewerFunctionFile, 'utf8')
  return splitCompiledCode(viewerFunction.code, built).settings as DecisionSettings
}
