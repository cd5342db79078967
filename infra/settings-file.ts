import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './built-files.ts'
import type { Settings } from './settings.ts'

/** Returns where the settings of the deployment are: `fovea.config.ts`, or the file that FOVEA_CONFIG names, since another deployment has a file of its own. */
export function findSettingsFile(): string {
  return resolve(process.env.FOVEA_CONFIG ?? join(root, 'fovea.config.ts'))
}

/** Returns the settings of the deployment. */
export async function loadSettings(): Promise<Settings> {
  return (await import(pathToFileURL(findSettingsFile()).href)).default
}
