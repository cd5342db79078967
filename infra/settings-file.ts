import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './built-files.ts'
import { refusedSettings } from './setting-rules.ts'
import { defineSettings, type Settings } from './settings.ts'

/** Returns where the settings of the deployment are: `fovea.config.ts`, or the file that FOVEA_CONFIG names, since another deployment has a file of its own. */
export function findSettingsFile(): string {
  return resolve(process.env.FOVEA_CONFIG ?? join(root, 'fovea.config.ts'))
}

/**
 * Returns the settings of the deployment, complete, also where their file has not called `defineSettings`.
 *
 * @throws Error where it exports none: the defaults would be another deployment than was meant.
 */
export async function loadSettings(): Promise<Settings> {
  const file = findSettingsFile()
  const { default: given } = await import(pathToFileURL(file).href)
  if (given === undefined) throw refusedSettings('expected settings as the default export but found none')
  return defineSettings(given)
}
