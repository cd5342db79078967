import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readSettings } from '../../transformer/settings.ts'

const bucket = { IMAGE_BUCKET: 'originals' }

suite('readSettings', () => {
  test('needs a bucket alone', () => {
    assert.deepEqual(readSettings(bucket), {
      bucket: 'originals',
      s3Endpoint: undefined,
      maxSourceBytes: 50 * 1024 * 1024,
      maxSourcePixels: 100_000_000,
      maxCostlySourcePixels: 50_000_000,
      maxFrames: 1000,
      maxOutputPixels: 40_000_000,
      maxAvifOutputPixels: 20_000_000,
      maxOverlayBytes: 10 * 1024 * 1024,
      maxOverlayPixels: 16_000_000,
      ladder: [640, 1280, 1920],
      overlays: undefined,
      presets: {},
      invokeMode: 'buffered',
      diagnostics: true,
      functionName: 'transformer',
      metrics: true,
      maxAgeSeconds: undefined,
      restoreArchived: undefined,
      fallbackKey: undefined,
      startedAhead: false,
      fingerprint: 'dev',
    })
  })

  test('takes what the environment gives', () => {
    const settings = readSettings({
      ...bucket,
      FOVEA_S3_ENDPOINT: 'http://127.0.0.1:9000',
      FOVEA_MAX_SOURCE_BYTES: '1000',
      FOVEA_MAX_SOURCE_PIXELS: '2000',
      FOVEA_MAX_COSTLY_SOURCE_PIXELS: '1500',
      FOVEA_MAX_FRAMES: '20',
      FOVEA_MAX_OUTPUT_PIXELS: '3000',
      FOVEA_MAX_AVIF_OUTPUT_PIXELS: '2500',
      FOVEA_MAX_OVERLAY_BYTES: '400',
      FOVEA_MAX_OVERLAY_PIXELS: '500',
      FOVEA_LADDER: '100,200',
      FOVEA_OVERLAYS: 'marks/',
      FOVEA_PRESETS: '{"card":{"width":300}}',
      FOVEA_INVOKE_MODE: 'stream',
      FOVEA_DIAGNOSTICS: 'off',
      FOVEA_METRICS: 'off',
      AWS_LAMBDA_FUNCTION_NAME: 'Shop-Transformer',
      FOVEA_MAX_AGE_SECONDS: '300',
      FOVEA_RESTORE_DAYS: '3',
      FOVEA_RESTORE_TIER: 'Standard',
      FOVEA_FALLBACK_KEY: 'fallback.svg',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'provisioned-concurrency',
      FOVEA_FINGERPRINT: 'abc',
    })
    assert.deepEqual(settings, {
      bucket: 'originals',
      s3Endpoint: 'http://127.0.0.1:9000',
      maxSourceBytes: 1000,
      maxSourcePixels: 2000,
      maxCostlySourcePixels: 1500,
      maxFrames: 20,
      maxOutputPixels: 3000,
      maxAvifOutputPixels: 2500,
      maxOverlayBytes: 400,
      maxOverlayPixels: 500,
      ladder: [100, 200],
      overlays: 'marks/',
      presets: { card: { width: 300 } },
      invokeMode: 'stream',
      diagnostics: false,
      functionName: 'Shop-Transformer',
      metrics: false,
      maxAgeSeconds: 300,
      restoreArchived: { days: 3, tier: 'Standard' },
      fallbackKey: 'fallback.svg',
      startedAhead: true,
      fingerprint: 'abc',
    })
  })

  const limits = [
    'FOVEA_MAX_SOURCE_BYTES',
    'FOVEA_MAX_SOURCE_PIXELS',
    'FOVEA_MAX_COSTLY_SOURCE_PIXELS',
    'FOVEA_MAX_AVIF_OUTPUT_PIXELS',
    'FOVEA_MAX_FRAMES',
    'FOVEA_MAX_OUTPUT_PIXELS',
    'FOVEA_MAX_OVERLAY_BYTES',
    'FOVEA_MAX_OVERLAY_PIXELS',
  ]
  for (const name of [
    ...limits,
    'FOVEA_LADDER',
    'FOVEA_PRESETS',
    'FOVEA_S3_ENDPOINT',
    'FOVEA_INVOKE_MODE',
    'FOVEA_DIAGNOSTICS',
    'FOVEA_MAX_AGE_SECONDS',
    'FOVEA_METRICS',
    'FOVEA_RESTORE_DAYS',
    'FOVEA_RESTORE_TIER',
    'FOVEA_FALLBACK_KEY',
    'FOVEA_FINGERPRINT',
  ]) {
    test(`reads an empty ${name} as none`, () => {
      assert.deepEqual(readSettings({ ...bucket, [name]: '' }), readSettings(bucket))
    })
  }

  for (const name of [...limits, 'FOVEA_LADDER', 'FOVEA_MAX_AGE_SECONDS']) {
    for (const value of ['0', '-1', '1.5', 'many', '1e400', ' ', '5 MB', '1,,2']) {
      test(`refuses ${name} of "${value}", naming it and the value`, () => {
        assert.throws(() => readSettings({ ...bucket, [name]: value }), {
          message: new RegExp(`^expected .* for ${name} but received "${value.replace('.', '\\.')}"$`),
        })
      })
    }
  }

  for (const name of limits) {
    test(`refuses ${name} of "5,242,880" instead of reading 5`, () => {
      assert.throws(() => readSettings({ ...bucket, [name]: '5,242,880' }), { message: new RegExp(name) })
    })
  }

  test('refuses presets that are no JSON, naming what they are', () => {
    assert.throws(() => readSettings({ ...bucket, FOVEA_PRESETS: '{card' }), {
      message: 'expected JSON for FOVEA_PRESETS but received "{card"',
    })
  })

  test('refuses a way to answer that there is not', () => {
    assert.throws(() => readSettings({ ...bucket, FOVEA_INVOKE_MODE: 'RESPONSE_STREAM' }), {
      message: 'expected buffered or stream for FOVEA_INVOKE_MODE but received "RESPONSE_STREAM"',
    })
  })

  for (const name of ['FOVEA_DIAGNOSTICS', 'FOVEA_METRICS']) {
    test(`refuses ${name} of yes`, () => {
      assert.throws(() => readSettings({ ...bucket, [name]: 'yes' }), {
        message: `expected on or off for ${name} but received "yes"`,
      })
    })
  }

  const halves: readonly (readonly [NodeJS.ProcessEnv, RegExp])[] = [
    [{ FOVEA_RESTORE_DAYS: '3' }, /for FOVEA_RESTORE_TIER but received ""/],
    [{ FOVEA_RESTORE_TIER: 'Bulk' }, /for FOVEA_RESTORE_DAYS/],
    [{ FOVEA_RESTORE_DAYS: '0', FOVEA_RESTORE_TIER: 'Bulk' }, /for FOVEA_RESTORE_DAYS but received "0"/],
    [{ FOVEA_RESTORE_DAYS: '3', FOVEA_RESTORE_TIER: 'Slow' }, /for FOVEA_RESTORE_TIER but received "Slow"/],
  ]
  for (const [environment, message] of halves) {
    test(`refuses ${JSON.stringify(environment)}`, () => {
      assert.throws(() => readSettings({ ...bucket, ...environment }), { message })
    })
  }

  for (const environment of [{}, { IMAGE_BUCKET: '' }]) {
    test(`refuses ${JSON.stringify(environment)}, naming IMAGE_BUCKET`, () => {
      assert.throws(() => readSettings(environment), { message: /IMAGE_BUCKET/ })
    })
  }
})
