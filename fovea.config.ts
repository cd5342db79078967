import { defineSettings } from './infra/settings.ts'

// The settings of this deployment. Everything has a default (infra/settings.ts says which, and why). What can be set:
//
//   export default defineSettings({
//     region: 'eu-west-1',                    // bucket and Lambda
//     originShieldRegion: 'eu-west-1',        // only for regions without one that AWS recommends
//     ladder: [320, 640, 960, 1280, 1920],    // all widths without a signature
//     access: { 'press/': 'open', 'paid/': 'signed' }, // by prefix of keys; all others are bounded
//     aspects: ['1-1', '3-2', '16-9'],        // of two sides without a signature
//     overlays: 'overlays/',                  // keys that ?overlay= may lay over others: watermarks, logos
//     presets: { card: { width: 400, aspect: '4-3', gravity: 'attention' } }, // ?preset=card
//     hotlinks: { hosts: ['example.com', '*.example.com'], placeholder: '/not-here.png?width=320' },
//     signing: { maxLifetimeSeconds: 24 * 3600 },
//     cloudFrontSigned: { 'private/': { publicKeys: [readFileSync('public.pem', 'utf8')] } }, // from node:fs
//     keys: { rotationDays: 90 },             // days between signing keys; 0: never by itself; false: made by hand
//     freshness: 'once',                      // changed originals leave the cache once, not twice; 'off': not at all
//     monitoring: { alarmEmail: 'oncall@example.com', thresholds: { hitPercent: 85 } },
//     diagnostics: false,                     // answers do not say how they were made
//     metrics: false,                         // runs are logged, and make no CloudWatch metrics
//     limits: { maxSourceBytes: 20 * 1024 * 1024, maxSourcePixels: 60_000_000, maxOutputPixels: 25_000_000 },
//     restoreArchived: { days: 7, tier: 'Bulk' }, // originals in Glacier come back when they are asked for
//     fallback: { key: 'fallback.svg' },      // shown where an original is missing or broken
//     compute: {
//       memoryMegabytes: 3538,                // two vCPUs
//       timeoutSeconds: 20,
//       invokeMode: 'stream',                 // answers above 4.5 MB
//       tracing: true,                        // X-Ray
//     },
//     delivery: {
//       domainNames: ['images.example.com'],
//       certificateArn: 'arn:aws:acm:us-east-1:…',
//       hostedZone: { id: 'Z…', name: 'example.com' }, // writes the records
//       priceClass: 'all',
//     },
//     protection: {
//       waf: { requestsPerFiveMinutes: 5_000 }, // billed by request
//       budget: { monthlyDollars: 100, emails: ['you@example.com'] },
//     },
//     storage: { archive: [{ prefix: 'raw/', afterDays: 180 }] }, // or bucket: { name: 'one-of-yours' }
//     tags: { team: 'web' },
//   })
// Nothing given is the safe deployment: access is bounded, so strangers can cause only so many variants of an original.
export default defineSettings({})
