import { runInNewContext } from 'node:vm'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { formatSettings } from '../../grammar/format-settings.ts'

/** Stands for the settings in the function as it is built. */
const placeholder = '__FOVEA_SETTINGS__'

/** An edge function as it is deployed, taken apart. */
export interface CompiledFunction {
  /** Of the code but for its settings. */
  codeBytes: number
  settings: DecisionSettings
  /** The same function with others in place of what its settings say of the same names. */
  change(changed: Partial<DecisionSettings>): string
}

/**
 * Reads the settings that are compiled into `code`.
 *
 * @param built the function without them.
 * @throws Error where `code` is another function.
 */
export function readCompiled(code: string, built: string): CompiledFunction {
  const [before = '', after] = built.split(placeholder)
  if (after === undefined || !code.startsWith(before) || !code.endsWith(after)) {
    throw new Error('expected the edge function to be the built one with its settings, but it is another')
  }
  const literal = code.slice(before.length, code.length - after.length)
  const settings: DecisionSettings = runInNewContext(`(${literal})`)
  return {
    codeBytes: Buffer.byteLength(before) + Buffer.byteLength(after),
    settings,
    change: (changed) => before + formatSettings({ ...settings, ...changed }) + after,
  }
}
