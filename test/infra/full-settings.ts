import { generateKeyPairSync } from 'node:crypto'
import { defineSettings } from '../../infra/settings.ts'

/** A new public key that CloudFront takes, in PEM. */
export function createPublicKeyPem(type: 'rsa' | 'ec' = 'ec'): string {
  const { publicKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return String(publicKey.export({ type: 'spki', format: 'pem' }))
}

/** Keys of the settings below: two, one of each kind. */
export const publicKeys = { rsa: createPublicKeyPem('rsa'), ec: createPublicKeyPem('ec') }

/** A deployment that uses every setting there is. */
export const fullSettings = defineSettings({
  access: { '': 'bounded', 'paid/': 'signed', 'paid/samples/': 'open', 'café/': 'signed' },
  aspects: ['1-1', '16-9', '9-16'],
  cloudFrontSigned: {
    'private/': { publicKeys: [publicKeys.rsa, publicKeys.ec] },
    'private/press/': { publicKeys: [publicKeys.ec], access: 'bounded' },
  },
  diagnostics: false,
  hotlinks: {
    hosts: ['example.com', '*.example.com'],
    emptyReferer: 'refuse-cross-site',
    placeholder: '/placeholder.png?width=320',
  },
  fallback: { key: 'café/fallback.svg' },
  ladder: [320, 640, 960, 1280, 1920],
  limits: {
    maxSourceBytes: 20 * 1024 * 1024,
    maxSourcePixels: 60_000_000,
    maxCostlySourcePixels: 30_000_000,
    maxFrames: 200,
    maxOutputPixels: 25_000_000,
    maxAvifOutputPixels: 8_000_000,
    maxOverlayBytes: 1024 * 1024,
    maxOverlayPixels: 4_000_000,
  },
  metrics: false,
  presets: {
    card: { width: 400, height: 260, gravity: 'attention' },
    hero: { width: 'auto', aspect: '21-9', quality: 'high' },
  },
  restoreArchived: { days: 7, tier: 'Bulk' },
  signing: { maxLifetimeSeconds: 86_400, clockSkewSeconds: 5 },
  region: 'eu-north-1',
  originShieldRegion: 'eu-west-2',
  memoryMegabytes: 3538,
  timeoutSeconds: 20,
  invokeMode: 'stream',
})
