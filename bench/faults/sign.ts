import { createSigner } from '../../signer/create-signer.ts'
import type { Sign } from './fault.ts'
import type { Target } from './send.ts'
import { benchKey } from './table/keys.ts'

/** Signs with the bench's key, unless told of another. Each URL lives as long as a signature may, unless told otherwise. */
export function createSign(): Sign {
  const sign: Sign = (key, width, given = {}) => {
    const { aheadMs = 0, lifetimeSeconds, ...signingKey } = given
    const baseUrl = 'http://localhost'
    const signer = createSigner({ ...benchKey, ...signingKey, baseUrl, now: () => Date.now() + aheadMs })
    const ends =
      lifetimeSeconds === undefined ? undefined : { expiresInSeconds: lifetimeSeconds, roundToSeconds: 1 }
    const url = signer.signUrl(key, { width }, ends).slice(baseUrl.length)
    const target: Target = { url, headers: { accept: 'image/webp,*/*' }, key }
    return Object.keys(given).length === 0 ? target : { ...target, sameAs: sign(key, width).url }
  }
  return sign
}
