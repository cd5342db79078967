import type { Answer } from '../ask.ts'
import { acceptOf, type ViewerClass, viewerClasses } from '../viewer-class.ts'
import { type Check, describeAnswer } from './check.ts'
import { nameUrl } from './probe.ts'

/** How files of each media type begin; what is made of an original is always one of these. */
const beginnings: Readonly<Record<string, RegExp>> = {
  'image/avif': /^....ftyp(?:avif|avis)/s,
  'image/webp': /^RIFF....WEBP/s,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/png': /^\x89PNG\r\n/,
  'image/gif': /^GIF8/,
  'image/svg+xml': /^\s*</,
}

/** What every browser shows. */
const plain = ['image/jpeg', 'image/png', 'image/gif', 'image/svg+xml']

/** Media types by class: an animation is WebP for who takes AVIF too, and an original may be smallest as it is. */
const typesOf: Readonly<Record<ViewerClass, readonly string[]>> = {
  avif: ['image/avif', 'image/webp', ...plain],
  webp: ['image/webp', ...plain],
  none: plain,
}

const nameOf = { avif: 'AVIF', webp: 'WebP without AVIF', none: 'neither' } as const

/** How the cache key ends: the class is in it, not the format. */
const endOf = { avif: 'format=auto.avif', webp: 'format=auto.webp', none: 'format=auto' } as const

/** The format by Accept: its media type, its bytes and, where answers tell it, the class in the cache key. */
export const formatChecks: readonly Check[] = viewerClasses.map((viewer) => ({
  name: `format for browsers with ${nameOf[viewer]}`,
  expected: `200, ${typesOf[viewer].map((type) => type.replace('image/', '')).join(' or ')}, ${endOf[viewer]} in the key`,
  async receive(probe) {
    const url = nameUrl(probe, { width: probe.width })
    const answer = await probe.client.ask(url, { headers: { accept: acceptOf[viewer] } })
    const type = readType(answer)
    const key = answer.headers['x-fovea-key']
    const fits =
      typesOf[viewer].includes(type) && beginnings[type]?.test(answer.body.toString('latin1', 0, 64))
    const keyed = key === undefined || String(key).endsWith(endOf[viewer])
    return {
      ok: answer.status === 200 && fits === true && keyed,
      text: `${describeAnswer(answer)}, ${type || 'no type'}, ${answer.body.length} bytes${key === undefined ? '' : `, ${key}`}`,
    }
  },
}))

function readType({ headers }: Answer): string {
  return String(headers['content-type'] ?? '').replace(/;.*/, '')
}
