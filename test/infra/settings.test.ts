import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatSettings } from '../../grammar/format-settings.ts'
import { unsignedPattern } from '../../grammar/unsigned.ts'
import { readMonitoring } from '../../infra/monitoring-settings.ts'
import {
  defineSettings,
  type GivenSettings,
  transformerEnvironment,
  viewerFunctionSettings,
} from '../../infra/settings.ts'
import { fullSettings } from './full-settings.ts'

suite('defineSettings', () => {
  test('fills every default', () => {
    assert.deepEqual(defineSettings({}), {
      access: { '': 'bounded' },
      aspects: ['1-1', '4-3', '3-4', '3-2', '2-3', '16-9', '9-16'],
      cloudFrontSigned: {},
      diagnostics: true,
      freshness: 'repeated',
      hotlinks: undefined,
      keys: { rotationDays: 30 },
      presets: {},
      signing: { maxLifetimeSeconds: 604_800, clockSkewSeconds: 60 },
      ladder: [160, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840],
      limits: {
        maxSourceBytes: 52_428_800,
        maxSourcePixels: 100_000_000,
        maxCostlySourcePixels: 50_000_000,
        maxFrames: 1000,
        maxOutputPixels: 40_000_000,
        maxAvifOutputPixels: 20_000_000,
        maxOverlayBytes: 10_485_760,
        maxOverlayPixels: 16_000_000,
      },
      metrics: true,
      region: 'us-east-1',
      originShieldRegion: 'us-east-1',
      secondRegion: undefined,
      compute: {
        memoryMegabytes: 1769,
        timeoutSeconds: 10,
        invokeMode: 'buffered',
        reservedConcurrency: undefined,
        provisionedConcurrency: undefined,
        logRetentionDays: 30,
        tracing: false,
      },
      delivery: {
        domainNames: [],
        certificateArn: undefined,
        hostedZone: undefined,
        priceClass: '100',
        countries: undefined,
        ipv6: true,
      },
      monitoring: readMonitoring(),
      protection: { waf: undefined, webAclArn: undefined, budget: undefined },
      storage: {
        bucket: undefined,
        noncurrentArchiveDays: 90,
        intelligentTiering: true,
        archive: [],
        incompleteUploadDays: 7,
        accessLog: true,
        logExpiryDays: 90,
      },
      tags: {},
      restoreArchived: undefined,
      fallback: undefined,
      overlays: undefined,
    })
  })

  test('takes complete settings for what they are', () => {
    for (const settings of [defineSettings(), fullSettings]) {
      assert.deepEqual(defineSettings(settings), settings)
    }
  })

  test('keeps what is given and the defaults beside it', () => {
    const settings = defineSettings({ limits: { maxSourceBytes: 1_000 }, ladder: [100, 200] })
    assert.deepEqual(settings.ladder, [100, 200])
    assert.equal(settings.limits.maxSourceBytes, 1_000)
    assert.equal(settings.limits.maxSourcePixels, 100_000_000)
    const { signing } = defineSettings({ signing: { maxLifetimeSeconds: 3600 } })
    assert.deepEqual(signing, { maxLifetimeSeconds: 3600, clockSkewSeconds: 60 })
  })

  test('gives a region without Origin Shield the one AWS recommends', () => {
    assert.equal(defineSettings({ region: 'eu-west-1' }).originShieldRegion, 'eu-west-1')
    assert.equal(defineSettings({ region: 'eu-north-1' }).originShieldRegion, 'eu-west-2')
    assert.equal(
      defineSettings({ region: 'xx-new-9', originShieldRegion: 'eu-west-1' }).originShieldRegion,
      'eu-west-1',
    )
  })

  const refused: readonly { given: GivenSettings; message: RegExp }[] = [
    { given: { ladder: [] }, message: /for ladder but received \[\]/ },
    {
      given: { ladder: [320, 320] },
      message: /expected rising whole widths .* for ladder but received \[ 320, 320 \]/,
    },
    { given: { ladder: [320, 160] }, message: /for ladder/ },
    { given: { ladder: [8193] }, message: /from 1 to 8192.* for ladder/ },
    { given: { ladder: [100.5] }, message: /for ladder/ },
    {
      given: { limits: { maxSourceBytes: 2e10 } },
      message: /for limits.maxSourceBytes but received 20000000000/,
    },
    {
      given: { limits: { maxSourcePixels: Number.NaN } },
      message: /for limits.maxSourcePixels but received NaN/,
    },
    {
      given: { limits: { maxFrames: 0 } },
      message: /frames from 1 to 10000 for limits.maxFrames but received 0/,
    },
    { given: { limits: { maxOverlayPixels: 1.5 } }, message: /for limits.maxOverlayPixels but received 1.5/ },
    { given: { limits: { maxOverlayBytes: 2e10 } }, message: /for limits.maxOverlayBytes/ },
    { given: { limits: { maxOutputPixels: -1 } }, message: /for limits.maxOutputPixels but received -1/ },
    {
      given: { signing: { maxLifetimeSeconds: 59 } },
      message: /seconds from 60 to 31536000 for signing.maxLifetimeSeconds but received 59/,
    },
    { given: { signing: { clockSkewSeconds: 3601 } }, message: /for signing.clockSkewSeconds/ },
    {
      given: { diagnostics: 'off' } as unknown as GivenSettings,
      message: /expected true or false for diagnostics but received 'off'/,
    },
    {
      given: { metrics: 'on' } as unknown as GivenSettings,
      message: /expected true or false for metrics but received 'on'/,
    },
    { given: { region: 'Ireland' }, message: /expected an AWS region .* for region but received 'Ireland'/ },
    { given: { region: 'xx-new-9' }, message: /near xx-new-9 for originShieldRegion but received undefined/ },
    {
      given: { lader: [100] } as GivenSettings,
      message: /expected only access, .* for settings but received 'lader'/,
    },
    {
      given: { limits: { pixels: 1 } as GivenSettings['limits'] },
      message: /for limits but received 'pixels'/,
    },
  ]
  for (const { given, message } of refused) {
    test(`refuses ${JSON.stringify(given)}`, () => {
      assert.throws(() => defineSettings(given), { message })
    })
  }
})

suite('what the settings become', () => {
  test('compiles into the edge function what decides there, in few bytes', () => {
    const compiled = viewerFunctionSettings(defineSettings({ ladder: [100] }))
    assert.deepEqual(compiled, {
      access: [['', 'bounded']],
      unsigned: unsignedPattern,
      aspects: ['1-1', '4-3', '3-4', '3-2', '2-3', '16-9', '9-16'],
      overlays: '/none (the settings name no overlays)',
      presets: {},
      lifetime: 604_800,
      skew: 60,
      ladder: [100],
    })
    assert.ok(formatSettings(compiled).length < 350)
  })

  test('gives the transformer its limits as text', () => {
    assert.deepEqual(transformerEnvironment(defineSettings()), {
      FOVEA_DIAGNOSTICS: 'on',
      FOVEA_INVOKE_MODE: 'buffered',
      FOVEA_LADDER: '160,320,480,640,800,960,1280,1600,1920,2560,3840',
      FOVEA_MAX_SOURCE_BYTES: '52428800',
      FOVEA_MAX_SOURCE_PIXELS: '100000000',
      FOVEA_MAX_COSTLY_SOURCE_PIXELS: '50000000',
      FOVEA_MAX_FRAMES: '1000',
      FOVEA_MAX_OUTPUT_PIXELS: '40000000',
      FOVEA_MAX_AVIF_OUTPUT_PIXELS: '20000000',
      FOVEA_MAX_OVERLAY_BYTES: '10485760',
      FOVEA_MAX_OVERLAY_PIXELS: '16000000',
      FOVEA_METRICS: 'on',
      FOVEA_OVERLAYS: '',
      FOVEA_PRESETS: '{}',
    })
  })

  test('gives the transformer what is to be done where an original is in trouble', () => {
    const settings = defineSettings({
      metrics: false,
      restoreArchived: { days: 7, tier: 'Bulk' },
      fallback: { key: 'café/fallback.svg' },
    })
    const { FOVEA_METRICS, FOVEA_RESTORE_DAYS, FOVEA_RESTORE_TIER, FOVEA_FALLBACK_KEY } =
      transformerEnvironment(settings)
    assert.deepEqual(
      [FOVEA_METRICS, FOVEA_RESTORE_DAYS, FOVEA_RESTORE_TIER, FOVEA_FALLBACK_KEY],
      ['off', '7', 'Bulk', 'café/fallback.svg'],
    )
  })

  test('gives the transformer presets and the wish for silence', () => {
    const settings = defineSettings({ presets: { card: { width: 400 } }, diagnostics: false })
    const { FOVEA_DIAGNOSTICS, FOVEA_PRESETS } = transformerEnvironment(settings)
    assert.deepEqual([FOVEA_DIAGNOSTICS, FOVEA_PRESETS], ['off', '{"card":{"width":400}}'])
  })
})
