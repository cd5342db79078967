import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './built-files.ts'
import type { Settings } from './settings.ts'

/** Returns the settings of the deployment: those of `fovea.config.ts`, or of the file that FOVEA_CONFIG names, since another deployment has a file of its own. */
export async function loadSettings(): Promise<Settings> {
  const file = resolve(process.env.FOVEA_CONFIG ?? join(root, 'fovea.config.ts'))
  return (await import(pathToFileURL(file).href)).default
}
