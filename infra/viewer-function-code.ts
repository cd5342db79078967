import { existsSync, readFileSync } from 'node:fs'
import { formatSettings } from '../grammar/format-settings.ts'
import { maxCodeBytes, maxSettingsBytes } from '../grammar/function-bytes.ts'
import { refusedSettings } from './setting-rules.ts'

/** The word in the built edge function that stands for the settings, once. */
export const settingsPlaceholder = '__FOVEA_SETTINGS__'

/** Returns the edge function as it is deployed: the built file with `settings` in its placeholder's place. */
export function readViewerFunctionCode(file: string, settings: object): string {
  if (!existsSync(file))
    throw new Error(`the edge function is not built: ${file} is missing, run \`npm run build\` first`)
  return compileSettings(readFileSync(file, 'utf8'), settings)
}

/**
 * Returns `code` with `settings` in the placeholder's place.
 * Throws when the placeholder is not there exactly once, and when a budget is exceeded: then it names both sizes and the
 * largest setting, the one to shorten.
 */
export function compileSettings(code: string, settings: object): string {
  const pieces = code.split(settingsPlaceholder)
  const [before, after] = pieces
  if (pieces.length !== 2 || before === undefined || after === undefined) {
    throw new Error(
      `expected ${settingsPlaceholder} once in the edge function but found it ${pieces.length - 1} times`,
    )
  }
  const json = formatSettings(settings)
  const codeBytes = Buffer.byteLength(before + after)
  if (codeBytes > maxCodeBytes || json.length > maxSettingsBytes) {
    throw refusedSettings(
      `the edge function is too large: settings ${json.length} of ${maxSettingsBytes} bytes, ` +
        `code ${codeBytes} of ${maxCodeBytes} bytes; ${describeLargest(settings)}`,
    )
  }
  return before + json + after
}

function describeLargest(settings: object): string {
  const sizes = Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, bytes: formatSettings(value).length }))
    .sort((a, b) => b.bytes - a.bytes)
  const largest = sizes[0]
  return largest
    ? `the largest setting is ${largest.name} with ${largest.bytes} bytes`
    : 'there are no settings'
}
