import type { DecisionSettings } from '../grammar/decide.ts'

declare const FOVEA_SETTINGS: DecisionSettings

/** The settings that are compiled into the function. Its built file holds a placeholder that `infra` replaces. */
export const settings = FOVEA_SETTINGS
