import type { ValueReader } from './value-kinds.ts'

/** The colour that changes nothing where it is laid under a picture. */
export const transparent = '00000000'

/**
 * Colours in one spelling: `rrggbb`, or `rrggbbaa` where not opaque, lower case. Whatever is fully transparent is
 * `00000000`.
 */
export const colour: ValueReader = {
  expected: 'hex of 3, 4, 6 or 8 digits, black, white, transparent',
  read: (text) => {
    const hex = text
      .replace(/^transparent$/, transparent)
      .replace(/^black$/, '000')
      .replace(/^white$/, 'fff')
      .replace(/^#?(.)(.)(.)(.?)$/, '$1$1$2$2$3$3$4$4')
      .replace(/^#/, '')
    if (!/^([\da-f]{2}){3,4}$/.test(hex)) return undefined
    return hex.replace(/^.{6}00$/, transparent).replace(/^(.{6})ff$/, '$1')
  },
}
