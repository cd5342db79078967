import { generateKeyPairSync } from 'node:crypto'
import { defineSettings } from '../../infra/settings.ts'

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })

/** A deployment with overlays, whose preset anyone may name, beside originals that CloudFront guards. */
export default defineSettings({
  access: { '': 'bounded', 'open/': 'open' },
  overlays: 'marks/',
  presets: { sold: { overlay: 'marks/ink.png', 'overlay-gravity': 'southeast', 'overlay-width': 50 } },
  cloudFrontSigned: {
    'private/': { publicKeys: [String(publicKey.export({ type: 'spki', format: 'pem' }))] },
  },
})
