import { defineSettings, type Settings } from '../../infra/settings.ts'
import { fullSettings } from './full-settings.ts'

const account = '444455556666'

/** Deployments that differ in what their templates hold: each property on and off, those that meet each other together. */
export const variants: Readonly<Record<string, Settings>> = {
  smallest: defineSettings(),
  streaming: defineSettings({ compute: { invokeMode: 'stream' } }),
  'fully set': fullSettings,
  'nothing that can be left out': defineSettings({
    storage: { accessLog: false, intelligentTiering: false },
    delivery: { ipv6: false },
    diagnostics: false,
  }),
  'on another’s bucket': defineSettings({
    storage: {
      bucket: {
        name: 'masters.example.com',
        account,
        keyArn: `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
      },
    },
    compute: { provisionedConcurrency: 1, tracing: true },
    region: 'eu-west-1',
  }),
  'on a bucket that is there already': defineSettings({
    storage: { bucket: { name: 'masters' } },
    protection: {
      webAclArn: `arn:aws:wafv2:us-east-1:${account}:global/webacl/mine/1234abcd-12ab-34cd-56ef-1234567890ab`,
    },
    delivery: { countries: { allow: ['DE'] } },
  }),
  unwatched: defineSettings({ monitoring: { alarms: false, dashboard: false, accessLogs: false } }),
  'watched from elsewhere, with a budget': defineSettings({
    region: 'eu-west-1',
    monitoring: { alarmEmail: 'oncall@example.com', rum: { domain: 'www.example.com' } },
    protection: { budget: { monthlyDollars: 10, emails: ['a@example.com'] } },
  }),
  'guarded in us-east-1': defineSettings({
    protection: { waf: { commonRules: false }, budget: { monthlyDollars: 10, emails: ['a@example.com'] } },
    compute: { reservedConcurrency: 10 },
  }),
  'kept by hand': defineSettings({ freshness: 'off', keys: { rotationDays: 0 } }),
  'left alone': defineSettings({ freshness: 'once', keys: false }),
  'in two regions': defineSettings({
    region: 'eu-central-1',
    secondRegion: { region: 'eu-west-1' },
    monitoring: { alarmEmail: 'oncall@example.com' },
    restoreArchived: { days: 2, tier: 'Bulk' },
  }),
  'in two regions, on buckets that are there already': defineSettings({
    storage: { bucket: { name: 'masters' } },
    secondRegion: {
      region: 'us-west-2',
      bucket: {
        name: 'masters-copied',
        account,
        keyArn: `arn:aws:kms:us-west-2:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
      },
    },
    compute: { provisionedConcurrency: 1, tracing: true },
  }),
  'guarded from elsewhere': defineSettings({
    protection: { waf: {} },
    region: 'ap-southeast-2',
    access: { '': 'signed', 'open/': 'open' },
  }),
}
