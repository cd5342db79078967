import type { DecisionSettings } from './decide.ts'
import { unsignedPattern } from './unsigned.ts'

// Not part of the edge function: what it decides by where a deployment says nothing else.

/** Widths in pixels: by itself, for pages, which need nothing else of the settings. */
export const defaultLadder: readonly number[] = [160, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840]

/** Bounded access, with seven days for signatures and a minute for clocks. `infra/settings.ts` says what each is. */
export const defaultSettings: DecisionSettings = {
  access: [['', 'bounded']],
  unsigned: unsignedPattern,
  ladder: defaultLadder,
  aspects: ['1-1', '4-3', '3-4', '3-2', '2-3', '16-9', '9-16'],
  presets: {},
  overlays: '/none (the settings name no overlays)',
  lifetime: 604_800,
  skew: 60,
}
