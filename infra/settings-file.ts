import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './built-files.ts'
import { defineSettings, type Settings } from './settings.ts'

/**
 * Returns the settings of the deployment: those of `fovea.config.ts`, or of the file that FOVEA_CONFIG names, since another
 * deployment has a file of its own. Complete, also where the file has not called `defineSettings`.
 *
 * @throws Error where it exports none: the defaults would be another deployment than was meant.
 */
export async function loadSettings(): Promise<Settings> {
  const file = resolve(process.env.FOVEA_CONFIG ?? join(root, 'fovea.config.ts'))
  const { default: given } = await import(pathToFileURL(file).href)
  if (given === undefined)
    throw new Error(`expected settings as the default export of ${file} but found none`)
  return defineSettings(given)
}
