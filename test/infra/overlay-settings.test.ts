import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decide, examine } from '../../grammar/decide.ts'
import type { Rejection } from '../../grammar/rejection.ts'
import { compileOverlays } from '../../infra/overlay-settings.ts'
import {
  defineSettings,
  type GivenSettings,
  transformerEnvironment,
  viewerFunctionSettings,
} from '../../infra/settings.ts'
import { publicKeys } from './full-settings.ts'
import { testRefused } from './refused-settings.ts'

const guard = { publicKeys: [publicKeys.ec] }

/** What the edge function of `given` makes of a URL where access is open. */
function judge(url: string, given: GivenSettings, guardedPrefix?: string): string {
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  const compiled = viewerFunctionSettings(defineSettings({ access: { '': 'open' }, ...given }), guardedPrefix)
  const decision = examine(path, query, 0, compiled)
  if (!decision.refusal) decide(decision, path, () => '', undefined, compiled)
  const { refusal, url: canonical } = decision
  return refusal ? (refusal as Rejection).code : `${canonical?.path}?${canonical?.query}`
}

suite('the setting overlays', () => {
  test('is none unless it is given', () => {
    const settings = defineSettings()
    assert.equal(settings.overlays, undefined)
    assert.equal(transformerEnvironment(settings).FOVEA_OVERLAYS, '')
    for (const overlay of ['none', 'none/a', 'a', '/none', compileOverlays(undefined)]) {
      assert.match(judge(`/x.jpg?overlay=${encodeURIComponent(overlay)}`, {}), /^bad-(value|key)$/)
    }
  })

  test('reaches the edge function and the transformer in the same words', () => {
    const settings = defineSettings({ overlays: 'overlays/' })
    assert.equal(viewerFunctionSettings(settings).overlays, 'overlays/')
    assert.equal(transformerEnvironment(settings).FOVEA_OVERLAYS, 'overlays/')
    assert.equal(
      judge('/x.jpg?overlay=overlays/a.png', { overlays: 'overlays/' }),
      '/x.jpg?rev=1&overlay=overlays/a.png&format=auto',
    )
  })

  test('stands in the edge function for a prefix that no key has, which says so', () => {
    // Keys never begin with a slash.
    assert.match(compileOverlays(undefined), /^\/.*the settings name no overlays/)
  })

  for (const overlays of ['a/', 'shop/marks/', 'a b/', 'café/', '100%/', 'a~/']) {
    test(`takes ${overlays}`, () => {
      const overlay = encodeURIComponent(`${overlays}x`)
      assert.match(judge(`/x.jpg?overlay=${overlay}`, { overlays }), /^\/x\.jpg\?rev=1&overlay=/)
    })
  }

  testRefused('overlays', [
    ['', /expected a prefix that ends with a slash for overlays but received ''/],
    ['marks', /expected a prefix that ends with a slash for overlays but received 'marks'/],
    ['/', /no leading slash.* for overlays but received '\/'/],
    ['/marks/', /no leading slash.* for overlays/],
    ['marks//', /for overlays but received 'marks\/\/'/],
    ['./', /for overlays/],
    ['marks/../', /for overlays/],
    ['marks\n/', /no control character for overlays/],
  ])

  const apart: readonly (readonly [overlays: string, guarded: string])[] = [
    ['private/', 'private/'],
    ['private/marks/', 'private/'],
    ['private/', 'private/marks/'],
  ]
  for (const [overlays, guarded] of apart) {
    test(`refuses ${overlays} where CloudFront guards ${guarded}`, () => {
      assert.throws(() => defineSettings({ overlays, cloudFrontSigned: { [guarded]: guard } }), {
        message: `expected a prefix apart from cloudFrontSigned['${guarded}'] for overlays but received '${overlays}'`,
      })
    })
  }

  test('takes a prefix that only begins alike', () => {
    for (const overlays of ['privates/', 'pri/', 'x/private/']) {
      const { overlays: kept } = defineSettings({ overlays, cloudFrontSigned: { 'private/': guard } })
      assert.equal(kept, overlays)
    }
  })

  test('lets no behaviour lay over a picture what CloudFront guards', () => {
    const given = { overlays: 'marks/', cloudFrontSigned: { 'private/': guard } }
    for (const overlay of ['private/a.png', '%70rivate/a.png', 'marks/../private/a.png', 'private%2Fa.png']) {
      assert.match(judge(`/x.jpg?overlay=${overlay}`, given), /^bad-(value|key)$/, overlay)
      assert.match(
        judge(`/private/x.jpg?overlay=${overlay}`, given, 'private/'),
        /^bad-(value|key)$/,
        overlay,
      )
    }
    assert.match(judge('/private/x.jpg?overlay=marks/a.png', given, 'private/'), /&overlay=marks/)
  })
})

suite('the overlay of a preset', () => {
  test('lies under the prefix', () => {
    const presets = { sold: { overlay: 'marks/sold.png', 'overlay-width': 30 } }
    const settings = defineSettings({ overlays: 'marks/', presets })
    assert.deepEqual(settings.presets, presets)
    assert.match(
      judge('/x.jpg?preset=sold', { overlays: 'marks/', presets }),
      /&overlay=marks\/sold\.png&overlay-width=30&/,
    )
  })

  const refused: readonly (readonly [overlays: string | undefined, overlay: string, message: RegExp])[] = [
    [
      undefined,
      'marks/a.png',
      /expected the setting overlays beside it for presets.sold.overlay but received 'marks\/a.png'/,
    ],
    [
      'marks/',
      'a.png',
      /expected a key that begins with marks\/ for presets.sold.overlay but received 'a.png'/,
    ],
    ['marks/', 'marks', /a key that begins with marks\//],
    ['marks/', 'private/a.png', /a key that begins with marks\//],
    ['marks/', 'marks/../a.png', /presets.sold.overlay/],
    ['marks/', '/marks/a.png', /presets.sold.overlay/],
    ['marks/', '', /presets.sold.overlay/],
  ]
  for (const [overlays, overlay, message] of refused) {
    test(`refuses ${overlay || 'nothing'} where the prefix is ${overlays ?? 'none'}`, () => {
      assert.throws(() => defineSettings({ overlays, presets: { sold: { overlay } } }), { message })
    })
  }

  test('may be left out of a preset that says only how one lies', () => {
    const presets = { corner: { 'overlay-gravity': 'southeast', 'overlay-margin': 4 } } as const
    assert.deepEqual(defineSettings({ presets }).presets, presets)
  })
})
