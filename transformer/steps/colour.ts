import type { Source } from '../original/inspect.ts'
import type { Sharp } from '../sharp.ts'

/** sharp ends in sRGB by the embedded profile, except for 16 bits, which it leaves in the P3 that it works in. */
export function convertDeep(picture: Sharp, { deep }: Pick<Source, 'deep'>): Sharp {
  return deep ? picture.withIccProfile('srgb', { attach: false }) : picture
}
