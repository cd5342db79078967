import { splitCompiledCode } from '../../edge/cloudfront/compiled-settings.ts'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { formatSettings } from '../../grammar/format-settings.ts'

/** An edge function as it is deployed. */
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
  const { before, settings, after } = splitCompiledCode(code, built)
  const own = settings as DecisionSettings
  return {
    codeBytes: Buffer.byteLength(before) + Buffer.byteLength(after),
    settings: own,
    change: (changed) => before + formatSettings({ ...own, ...changed }) + after,
  }
}
