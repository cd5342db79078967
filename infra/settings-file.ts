import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './built-files.ts'
import { isRefusedSettings, refusedSettings } from './setting-rules.ts'
import { defineSettings, type Settings } from './settings.ts'

/** `fovea.config.ts`, or the file that FOVEA_CONFIG names, since another deployment has a file of its own. */
function findSettingsFile(): string {
  return resolve(process.env.FOVEA_CONFIG ?? join(root, 'fovea.config.ts'))
}

/**
 * Returns the settings of the deployment, complete, also where their file has not called `defineSettings`.
 *
 * @throws Error that names the file, where they are refused or it exports none: the defaults would be another deployment than
 *   was meant.
 */
export function loadSettings(): Promise<Settings> {
  return blameSettingsFile(async () => {
    const { default: given } = await import(pathToFileURL(findSettingsFile()).href)
    if (given === undefined) throw refusedSettings('expected settings as the default export but found none')
    return defineSettings(given)
  })
}

/** Does `work`, and names the file of the settings in what it throws, where they are to blame for that. */
export async function blameSettingsFile<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw isRefusedSettings(error) ? refusedSettings(`${findSettingsFile()}: ${error.message}`) : error
  }
}
