import { runInNewContext } from 'node:vm'

/** Stands for the settings in the edge function as it is built. */
const placeholder = '__FOVEA_SETTINGS__'

/** An edge function's code as it is deployed, taken apart. */
export interface CompiledCode {
  before: string
  /** The value that stands there, of this side's own objects. */
  settings: unknown
  after: string
}

/**
 * Takes the settings out of `code`, in which nothing but what is around them says where they are.
 *
 * @param built the function without settings.
 * @throws Error where `code` is another function.
 */
export function splitCompiledCode(code: string, built: string): CompiledCode {
  const [before = '', after] = built.split(placeholder)
  if (after === undefined || !code.startsWith(before) || !code.endsWith(after)) {
    throw new Error('expected the edge function to be the built one with its settings, but it is another')
  }
  const literal = code.slice(before.length, code.length - after.length)
  return { before, settings: structuredClone(runInNewContext(`(${literal})`)), after }
}
