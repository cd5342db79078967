import type { DecisionSettings } from '../grammar/decide.ts'

/** A placeholder, which stands once in the built file: `infra` writes the settings in its place at synthesis. */
declare const __FOVEA_SETTINGS__: DecisionSettings

/** The settings that are compiled into the function. */
export const settings = __FOVEA_SETTINGS__
