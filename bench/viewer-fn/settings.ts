import { runInNewContext } from 'node:vm'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { formatSettings } from '../../grammar/format-settings.ts'

/** The settings in the deployed code: they end at the first `;` outside a text; no pattern of theirs holds one. */
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
  const literal = compiled.exec(code)?.[2]
  if (!literal) throw new Error('expected const FOVEA_SETTINGS= in the edge function but found none')
  return {
    codeBytes: Buffer.byteLength(code) - Buffer.byteLength(literal),
    settings: runInNewContext(`(${literal})`),
  }
}

/** A copy of `code` with `changed` in place of what its settings say of the same names. */
export function changeSettings(code: string, changed: Partial<DecisionSettings>): string {
  const settings = { ...readCompiled(code).settings, ...changed }
  // By a function: in a text `$` has a meaning.
  return code.replace(compiled, (_whole, declaration: string) => declaration + formatSettings(settings))
}
