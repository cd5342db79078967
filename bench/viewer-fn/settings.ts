import type { DecisionSettings } from '../../grammar/decide.ts'

/** The JSON in the deployed code: it ends at the first `;` outside a text. */
const compiled = /(\bconst FOVEA_SETTINGS=)((?:"(?:[^"\\]|\\.)*"|[^";])+)(?=;)/

/** An edge function as it is deployed, taken apart. */
export interface CompiledFunction {
  /** Of the code but for its settings. */
  codeBytes: number
  settings: DecisionSettings
}

/**
 * Reads the settings that are compiled into `code`.
 *
 * @throws Error where there are none.
 */
export function readCompiled(code: string): CompiledFunction {
  const json = compiled.exec(code)?.[2]
  if (!json) throw new Error('expected const FOVEA_SETTINGS= in the edge function but found none')
  return { codeBytes: Buffer.byteLength(code) - Buffer.byteLength(json), settings: JSON.parse(json) }
}

/** A copy of `code` with `changed` in place of what its settings say of the same names. */
export function changeSettings(code: string, changed: Partial<DecisionSettings>): string {
  const settings = { ...readCompiled(code).settings, ...changed }
  // By a function: in a text `$` has a meaning.
  return code.replace(compiled, (_whole, declaration: string) => declaration + JSON.stringify(settings))
}
