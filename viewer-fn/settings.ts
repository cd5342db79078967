/** The settings that are compiled into the function. Its built file holds a placeholder that `infra` replaces. */
export interface ViewerFunctionSettings {
  /** Widths in pixels, ascending, that `width=auto` rounds up to. */
  ladder: readonly number[]
}

declare const FOVEA_SETTINGS: ViewerFunctionSettings

export const settings = FOVEA_SETTINGS
