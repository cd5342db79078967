import { defineSettings } from './infra/settings.ts'

// The settings of this deployment. Everything has a default (infra/settings.ts says which, and why). What can be set:
//
//   export default defineSettings({
//     region: 'eu-west-1',                    // bucket and Lambda
//     originShieldRegion: 'eu-west-1',        // only for regions without one that AWS recommends
//     ladder: [320, 640, 960, 1280, 1920],    // the widths that width=auto rounds up to
//     limits: { maxSourceBytes: 20 * 1024 * 1024, maxSourcePixels: 60_000_000, maxOutputPixels: 25_000_000 },
//     memoryMegabytes: 3538,                  // two vCPUs
//     timeoutSeconds: 20,
//     invokeMode: 'stream',                   // answers above 4.5 MB
//   })
export default defineSettings({})
