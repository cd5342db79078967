import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decide, examine } from '../../grammar/decide.ts'
import { maxSettingsBytes } from '../../grammar/function-bytes.ts'
import type { Rejection } from '../../grammar/rejection.ts'
import { defineSettings, viewerFunctionSettings } from '../../infra/settings.ts'
import { fullSettings, publicKeys } from './full-settings.ts'
import { testRefused } from './refused-settings.ts'

const guard = { publicKeys: [publicKeys.ec] }

/** What the function of a prefix's behaviour, or that of all others, makes of a URL without a signature of ours. */
function judge(url: string, guardedPrefix?: string, settings = fullSettings): string {
  const [path = '', query = ''] = url.split(/\?(.*)/s)
  const compiled = viewerFunctionSettings(settings, guardedPrefix)
  const decision = examine(path, query, 0, compiled)
  if (!decision.refusal) decide(decision, path, () => '', undefined, compiled)
  const { refusal, url: canonical } = decision
  return refusal ? (refusal as Rejection).code : `${canonical?.path}?${canonical?.query}`
}

suite('the setting access', () => {
  test('is bounded for all keys that it does not name', () => {
    const { access } = defineSettings({ access: { 'public/': 'open' } })
    assert.deepEqual(access, { 'public/': 'open', '': 'bounded' })
    assert.deepEqual(defineSettings({ access: { '': 'signed' } }).access, { '': 'signed' })
  })

  test('becomes a list that ends with the prefix of all keys, the longest first', () => {
    assert.deepEqual(viewerFunctionSettings(fullSettings).access, [
      ['private/press/', 'closed'],
      ['paid/samples/', 'open'],
      ['private/', 'closed'],
      ['paid/', 'signed'],
      ['café/', 'signed'],
      ['', 'bounded'],
    ])
  })

  testRefused('access', [
    ['open', /expected an object, \{ name: value \}, for access but received 'String'/],
    [['open'], /expected an object.* for access but received 'Array'/],
    [{ a: 'closed' }, /expected one of open, bounded, signed for access\['a'\] but received 'closed'/],
    [{ '/a/': 'open' }, /no leading slash.* for access but received '\/a\/'/],
    [{ 'a//': 'open' }, /for access but received 'a\/\/'/],
    [{ 'a/../b/': 'open' }, /for access/],
    [{ './': 'open' }, /for access/],
    [{ 'a\n': 'open' }, /no control character for access/],
    [{ '\ud800': 'open' }, /for access/],
    [{ ['a'.repeat(1024)]: 'open' }, /for access/],
  ])

  for (const prefix of ['a', 'a/', 'a/.', 'a b/', 'café/', '100%/', 'a?b/', 'a~/']) {
    test(`takes the prefix ${prefix}`, () => {
      const settings = defineSettings({ access: { [prefix]: 'signed' } })
      assert.equal(
        judge(`/${encodeURIComponent(`${prefix}x`).replaceAll('%2F', '/')}`, undefined, settings),
        'needs-signature',
      )
    })
  }

  for (const within of ['private/', 'private/full/']) {
    test(`refuses ${within} where CloudFront guards private/`, () => {
      const given = { access: { [within]: 'signed' as const }, cloudFrontSigned: { 'private/': guard } }
      assert.throws(() => defineSettings(given), {
        message:
          /expected only prefixes outside private\/ of cloudFrontSigned for access but received 'private\//,
      })
    })
  }
})

suite('the function of all other behaviours', () => {
  for (const [url, expected] of [
    ['/private/a.jpg', 'guarded'],
    ['/%70rivate/a.jpg', 'guarded'],
    ['/private/press/a.jpg', 'guarded'],
    ['/?key=private/a.jpg', 'guarded'],
    ['/?key=private%2Fa.jpg', 'guarded'],
    ['/?KEY=%70rivate/a.jpg', 'guarded'],
    ['/public.jpg?key=private/a.jpg', 'contradiction'],
    ['/private%2Fa.jpg', 'bad-key'],
    ['/private%2fa.jpg', 'bad-key'],
    ['/x/../private/a.jpg', 'bad-key'],
    ['//private/a.jpg', 'bad-key'],
    ['/private/a.jpg?rev=1&width=320&format=auto', 'guarded'],
    ['/~70rivate/a.jpg?rev=1&width=320&format=auto', 'guarded'],
    ['/private~2Fa.jpg?rev=1&width=320&format=auto', 'guarded'],
    ['/?rev=1&key=private/a.jpg', 'guarded'],
    ['/~70ublic.jpg?rev=1&width=320&format=auto', 'not-canonical'],
    ['/paid/a.jpg', 'needs-signature'],
    ['/paid/samples/a.jpg?width=7', '/paid/samples/a.jpg?rev=1&width=7&format=auto'],
    ['/caf%C3%A9/a.jpg', 'needs-signature'],
    ['/private.jpg?width=300', '/private.jpg?rev=1&width=320&format=auto'],
    ['/Private/a.jpg?width=300', '/Private/a.jpg?rev=1&width=320&format=auto'],
  ] as const) {
    test(`answers ${expected} to ${url}`, () => assert.equal(judge(url), expected))
  }
})

suite('the function of a guarded behaviour', () => {
  for (const [prefix, url, expected] of [
    ['private/', '/private/a.jpg?width=7', '/private/a.jpg?rev=1&width=7&format=auto'],
    ['private/', '/private/press/a.jpg', 'guarded'],
    ['private/press/', '/private/press/a.jpg?width=300', '/private/press/a.jpg?rev=1&width=320&format=auto'],
    ['private/press/', '/private/a.jpg', 'guarded'],
    ['private/', '/public.jpg', 'guarded'],
    ['private/', '/?key=public.jpg', 'guarded'],
    ['private/', '/paid/samples/a.jpg', 'guarded'],
    ['private/', '/private/?key=public.jpg', 'contradiction'],
    ['private/', '/private/../public.jpg', 'bad-key'],
    ['private/', '/public.jpg?rev=1&width=320&format=auto', 'guarded'],
  ] as const) {
    test(`of ${prefix} answers ${expected} to ${url}`, () => assert.equal(judge(url, prefix), expected))
  }
})

suite('settings that use everything', () => {
  for (const prefix of [undefined, 'private/', 'private/press/']) {
    test(`leave half of the budget of the function of ${prefix ?? 'all other behaviours'}`, () => {
      const bytes = Buffer.byteLength(JSON.stringify(viewerFunctionSettings(fullSettings, prefix)))
      assert.ok(bytes < maxSettingsBytes / 2, `${bytes} bytes`)
    })
  }

  test('hold every setting there is, none at its default', () => {
    const defaults = defineSettings()
    // A second region makes three templates of one: variants of their own.
    const { secondRegion, ...others } = defaults
    assert.equal(secondRegion, undefined)
    for (const [name, value] of Object.entries(others)) {
      assert.notDeepEqual(fullSettings[name as keyof typeof defaults], value, name)
    }
  })
})
