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
  freshness: 'once',
  hotlinks: {
    hosts: ['example.com', '*.example.com'],
    emptyReferer: 'refuse-cross-site',
    placeholder: '/placeholder.png?width=320',
  },
  fallback: { key: 'café/fallback.svg' },
  keys: { rotationDays: 90 },
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
  overlays: 'overlays/',
  presets: {
    card: { width: 400, height: 260, gravity: 'attention' },
    hero: { width: 'auto', aspect: '21-9', quality: 'high' },
    sold: { overlay: 'overlays/sold.png', 'overlay-gravity': 'northeast' },
  },
  restoreArchived: { days: 7, tier: 'Bulk' },
  signing: { maxLifetimeSeconds: 86_400, clockSkewSeconds: 5 },
  region: 'eu-north-1',
  originShieldRegion: 'eu-west-2',
  compute: {
    memoryMegabytes: 3538,
    timeoutSeconds: 20,
    invokeMode: 'stream',
    reservedConcurrency: 200,
    provisionedConcurrency: 2,
    logRetentionDays: 365,
    tracing: true,
  },
  delivery: {
    domainNames: ['images.example.com', '*.img.example.com'],
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0d9ba4f6-0c1d-4f3e-9d5c-2b6a5a0f2f10',
    hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'example.com' },
    priceClass: 'all',
    countries: { deny: ['KP'] },
    ipv6: false,
  },
  monitoring: {
    dashboard: true,
    alarms: true,
    alarmEmail: 'oncall@example.com',
    runbook: 'https://wiki.example.com/fovea/operations',
    accessLogs: true,
    accessLogDays: 7,
    rum: { domain: '*.example.com', visitPercent: 50 },
    thresholds: {
      serverErrorPercent: 2,
      serverErrorsAtLeast: 10,
      forbiddenPercent: 10,
      forbiddenAtLeast: 100,
      hitPercent: 95,
      hitRequestsAtLeast: 1_000_000,
      originP95Milliseconds: 2000,
      transformerErrors: 3,
      throttles: 10,
      concurrencyPercent: 60,
      edgeErrors: 2,
      computePercent: 50,
      rotationFailures: 2,
      replicationLagSeconds: 600,
      deadLetters: 10,
    },
  },
  protection: {
    waf: { requestsPerFiveMinutes: 2_000, commonRules: true },
    budget: {
      monthlyDollars: 250,
      emails: ['platform@example.com'],
      topicArn: 'arn:aws:sns:eu-north-1:111122223333:alarms',
      scope: 'deployment',
    },
  },
  storage: {
    noncurrentArchiveDays: 30,
    intelligentTiering: false,
    archive: [
      { prefix: 'raw/', afterDays: 180 },
      { tag: { key: 'keep', value: 'cold' }, afterDays: 1 },
    ],
    incompleteUploadDays: 1,
    logExpiryDays: 400,
  },
  tags: { team: 'platform' },
})
