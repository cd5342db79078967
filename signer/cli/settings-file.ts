import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { defaultSettings } from '../../grammar/default-settings.ts'

const usualFile = 'fovea.config.ts'

/** Settings, and where they come from. */
export interface LoadedSettings {
  settings: DecisionSettings
  from: string
}

/**
 * The settings that the edge function of a deployment decides by: those of `file`, else of `fovea.config.ts` in `folder`,
 * else the defaults. The file is JSON of the compiled settings, or a module whose default export is what `defineSettings`
 * returns.
 *
 * This is the one place where the signer loads code that it does not know, and at run time only: the settings are the caller's own file,
 * and what compiles them is beside it. No file of the signer imports `infra`, and `fovea` runs where there is none.
 *
 * @throws Error where a file that was named cannot be read.
 */
export async function loadSettings(file: string | undefined, folder: string): Promise<LoadedSettings> {
  const path = resolve(folder, file ?? usualFile)
  if (file === undefined && !existsSync(path)) return { settings: defaultSettings, from: 'defaults' }
  if (!existsSync(path)) throw new Error(`expected settings at ${path} but found none`)
  const given = path.endsWith('.json')
    ? readJson(await readFile(path, 'utf8'), path)
    : await compileModule(path)
  const settings = { ...defaultSettings, ...(given as Partial<DecisionSettings>) }
  checkSettings(settings, path)
  return { settings, from: path }
}

/** Settings in JSON, which has no patterns: that of pages is the text of one, that of parameters is ours. */
function readJson(text: string, path: string): object {
  const { unsigned: _, hotlinks, ...given } = parseJson(text, path)
  return hotlinks ? { ...given, hotlinks: { ...hotlinks, pages: new RegExp(hotlinks.pages, 'i') } } : given
}

function parseJson(text: string, path: string) {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`expected JSON at ${path} but received ${(error as Error).message}`)
  }
}

/** The settings of a module, compiled as they are for the edge function. */
async function compileModule(path: string): Promise<unknown> {
  const { default: settings } = await importModule(path)
  if (typeof settings !== 'object' || settings === null) {
    throw new Error(`expected settings as the default export of ${path} but found none`)
  }
  const { viewerFunctionSettings } = await importModule(findCompiler(path))
  if (typeof viewerFunctionSettings !== 'function') {
    throw new Error(`expected what compiles the settings of ${path} to export viewerFunctionSettings`)
  }
  return viewerFunctionSettings(settings)
}

/** In a checkout, the module beside the settings; elsewhere that of the package that defined them. */
function findCompiler(path: string): string {
  const beside = join(dirname(path), 'infra/settings.ts')
  return existsSync(beside) ? beside : createRequire(path).resolve('fovea/infra')
}

/** Imports a module, TypeScript too: by Node itself where it can, else by tsx where the settings have it. */
async function importModule(path: string): Promise<Record<string, unknown>> {
  const url = pathToFileURL(path).href
  try {
    return await import(url)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION'))
      throw error
  }
  return findTsx(path).require(path, url)
}

function findTsx(path: string): { require(path: string, from: string): Record<string, unknown> } {
  try {
    return createRequire(path)('tsx/cjs/api')
  } catch {
    throw new Error(
      `expected Node 22.18, or tsx installed, to read ${path} but received Node ${process.versions.node}`,
    )
  }
}

function checkSettings(settings: DecisionSettings, path: string): void {
  const { access, ladder, aspects, presets } = settings
  const last = Array.isArray(access) ? access.at(-1) : undefined
  const right =
    Array.isArray(ladder) && Array.isArray(aspects) && typeof presets === 'object' && last?.[0] === ''
  if (!right) throw new Error(`expected access (the last prefix ''), ladder, aspects and presets in ${path}`)
}
