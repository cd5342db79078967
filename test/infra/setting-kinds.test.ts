import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { defineSettings, type GivenSettings } from '../../infra/settings.ts'
import { loadSettings } from '../../infra/settings-file.ts'
import { createPublicKeyPem, publicKeys } from './full-settings.ts'

/** Each group of settings that there is, by its path. */
const groups: Readonly<Record<string, (value: unknown) => unknown>> = {
  ...Object.fromEntries(
    [
      ...['access', 'cloudFrontSigned', 'compute', 'delivery', 'fallback', 'hotlinks', 'keys', 'limits'],
      ...['monitoring', 'presets', 'protection', 'restoreArchived', 'secondRegion', 'signing', 'storage'],
      'tags',
    ].map((name) => [name, (value: unknown) => ({ [name]: value })]),
  ),
  "cloudFrontSigned['a/']": (value) => ({ cloudFrontSigned: { 'a/': value } }),
  'delivery.countries': (value) => ({ delivery: { countries: value } }),
  'monitoring.rum': (value) => ({ monitoring: { rum: value } }),
  'monitoring.thresholds': (value) => ({ monitoring: { thresholds: value } }),
  'presets.card': (value) => ({ presets: { card: value } }),
  'protection.budget': (value) => ({ protection: { budget: value } }),
  'protection.waf': (value) => ({ protection: { waf: value } }),
  'storage.archive[0]': (value) => ({ storage: { archive: [value] } }),
  'storage.bucket': (value) => ({ storage: { bucket: value } }),
}

const single = [
  'aspects',
  'diagnostics',
  'freshness',
  'ladder',
  'metrics',
  'originShieldRegion',
  'overlays',
  'region',
]

/** What is no group; each has no names of its own, so that it would be one that says nothing. */
const kinds: readonly unknown[] = [
  null,
  true,
  0,
  30,
  '',
  [],
  new Map([['a/', 'signed']]),
  new Date(0),
  () => 1,
]

const nameKind = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1)

const quote = (text: string) => text.replace(/[[\]().]/g, '\\$&')

suite('a group of settings', () => {
  test('is each that there is', () => {
    const names = [...Object.keys(groups).filter((path) => !/[.[]/.test(path)), ...single]
    assert.deepEqual(names.sort(), Object.keys(defineSettings()).sort())
  })

  for (const [path, write] of Object.entries(groups)) {
    test(`${path} is names and values, and refused as anything else`, () => {
      for (const value of kinds) {
        const message =
          value === null
            ? new RegExp(`${quote(path)} but received (null|'Null')$`)
            : `expected an object, { name: value }, for ${path} but received '${nameKind(value)}'`
        assert.throws(() => defineSettings(write(value) as GivenSettings), { message }, nameKind(value))
      }
    })
  }

  for (const name of single) {
    test(`has no ${name} of null, which may mean none where the default is some`, () => {
      assert.throws(() => defineSettings({ [name]: null } as GivenSettings), {
        message: `expected a value, or undefined for the default, for settings.${name} but received null`,
      })
    })
  }

  test('does not quote what may be a private key', () => {
    const pem = createPublicKeyPem()
    for (const value of [pem, [pem], new Map([['publicKeys', [pem]]])]) {
      const cloudFrontSigned = { 'a/': value } as never
      assert.throws(
        () => defineSettings({ cloudFrontSigned }),
        ({ message }) => /for cloudFrontSigned\['a\/'\]/.test(message) && !/BEGIN/.test(message),
      )
    }
  })

  test('takes the default for what is undefined', () => {
    const given = { region: undefined, keys: { rotationDays: undefined }, protection: { waf: undefined } }
    assert.deepEqual(defineSettings(given as GivenSettings), defineSettings())
  })
})

suite('a name that is a text', () => {
  for (const [what, given, message] of [
    ['a host of hotlinks', { hotlinks: { hosts: [5] } }, /for hotlinks.hosts but received 5/],
    ['a host that is none', { hotlinks: { hosts: [null] } }, /for hotlinks.hosts but received null/],
    ['a placeholder', { hotlinks: { hosts: [], placeholder: ['/a.png'] } }, /hotlinks.placeholder/],
    [
      'a bucket',
      { storage: { bucket: {} } },
      /the name of a bucket for storage.bucket.name but received undefined/,
    ],
    ['a prefix of overlays', { overlays: 5 }, /a prefix that ends with a slash for overlays but received 5/],
    ['a public key', { cloudFrontSigned: { 'a/': { publicKeys: [5] } } }, /publicKeys\[0\]/],
  ] as const) {
    test(`is refused as anything else: ${what}`, () => {
      assert.throws(() => defineSettings(given as never), { message })
    })
  }
})

suite('the file of settings', () => {
  /** What is read from a file of this text. */
  async function load(text: string) {
    const folder = mkdtempSync(join(tmpdir(), 'fovea-settings-'))
    const before = process.env.FOVEA_CONFIG
    process.env.FOVEA_CONFIG = join(folder, 'fovea.config.mjs')
    writeFileSync(process.env.FOVEA_CONFIG, text)
    try {
      return await loadSettings()
    } finally {
      if (before === undefined) delete process.env.FOVEA_CONFIG
      else process.env.FOVEA_CONFIG = before
      rmSync(folder, { recursive: true })
    }
  }

  test('is refused where it exports no settings: the defaults would be another deployment', async () => {
    const message = /fovea\.config\.mjs: expected settings as the default export but found none$/
    await assert.rejects(load('export const settings = {}'), { message })
  })

  test('is complete, and checked, where it does not call defineSettings', async () => {
    const text = `export default { cloudFrontSigned: { 'a/': { publicKeys: [${JSON.stringify(publicKeys.ec)}] } } }`
    const { cloudFrontSigned, ...others } = await load(text)
    const { cloudFrontSigned: _, ...defaults } = defineSettings()
    assert.deepEqual([Object.keys(cloudFrontSigned), others], [['a/'], defaults])
    await assert.rejects(load('export default { ladders: [1] }'), { message: /received 'ladders'$/ })
  })
})
