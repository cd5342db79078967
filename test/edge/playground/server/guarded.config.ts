import { generateKeyPairSync } from 'node:crypto'
import { defineSettings } from '../../../../infra/settings.ts'

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })

/** A deployment with something of everything that the playground tells. */
export default defineSettings({
  access: { '': 'bounded', 'open/': 'open', 'paid/': 'signed' },
  ladder: [100, 200, 300],
  aspects: ['1-1', '16-9'],
  overlays: 'marks/',
  presets: { card: { width: 120, aspect: '4-3' } },
  hotlinks: { hosts: ['shop.example', '*.press.example'], emptyReferer: 'refuse-cross-site' },
  limits: { maxSourceBytes: 50_000 },
  signing: { maxLifetimeSeconds: 600 },
  cloudFrontSigned: {
    'private/': { publicKeys: [String(publicKey.export({ type: 'spki', format: 'pem' }))] },
  },
})
