import { thumbHashToDataURL } from 'thumbhash'
import { invalidArgument } from '../invalid-argument.ts'

/** The blurred picture, a `data:` URL of PNG, of a ThumbHash in base64: what `format=thumbhash` answers. For servers: it is the same for all viewers. */
export function thumbhashPlaceholder(thumbhash: string): string {
  if (!/^[\w+/-]{6,48}={0,2}$/.test(thumbhash)) throw invalidArgument('thumbhash', 'base64', thumbhash)
  const bytes = atob(thumbhash.replaceAll('-', '+').replaceAll('_', '/'))
  return thumbHashToDataURL(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
}
