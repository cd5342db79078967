import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { PrefixAccess } from '../../infra/access-settings.ts'
import { listBehaviours } from '../../infra/prefix-behaviours.ts'
import { defineSettings } from '../../infra/settings.ts'
import { fullSettings, publicKeys } from './full-settings.ts'

/** The behaviours of these prefixes, each as its prefix and who may keep its answers. */
function list(access: Readonly<Record<string, PrefixAccess>>, ...guarded: string[]): string[] {
  const guards = guarded.map((prefix) => [prefix, { publicKeys: [publicKeys.ec] }])
  const settings = defineSettings({ access, cloudFrontSigned: Object.fromEntries(guards) })
  return listBehaviours(settings).map(
    (each) => `${each.prefix} ${each.guarded ? 'guarded' : each.private ? 'private' : 'public'}`,
  )
}

suite('listBehaviours', () => {
  const cases: readonly (readonly [Readonly<Record<string, PrefixAccess>>, string[], string[]])[] = [
    [{}, [], [' public']],
    [{ '': 'signed' }, [], [' private']],
    [{ 'a/': 'open', 'b/': 'bounded' }, [], [' public']],
    [{ 'a/': 'signed' }, [], ['a/ private', ' public']],
    [{ a: 'signed' }, [], ['a private', ' public']],
    [{ '': 'signed', 'a/': 'open' }, [], ['a/ public', ' private']],
    [{ 'a/': 'signed', 'a/b/': 'signed' }, [], ['a/ private', ' public']],
    [{ 'a/': 'signed', 'a/b/': 'open' }, [], ['a/b/ public', 'a/ private', ' public']],
    [{ 'a/': 'signed', 'a/b/': 'open', 'a/b/c/': 'bounded' }, [], ['a/b/ public', 'a/ private', ' public']],
    [{ 'é/': 'signed', 'a*/': 'signed', 'a b/': 'signed' }, [], [' public']],
    [{}, ['a/', 'a/bc/', 'd/'], ['a/bc/ guarded', 'a/ guarded', 'd/ guarded', ' public']],
    [{ 'a/': 'signed' }, ['a/b/'], ['a/b/ guarded', 'a/ private', ' public']],
  ]
  for (const [access, guarded, expected] of cases) {
    test(`of ${JSON.stringify(access)} and ${JSON.stringify(guarded)} is ${expected.join(', ')}`, () => {
      assert.deepEqual(list(access, ...guarded), expected)
    })
  }

  test('tries the longest prefix first', () => {
    const lengths = listBehaviours(fullSettings).map(({ prefix }) => prefix.length)
    assert.ok(lengths.length > 4)
    assert.deepEqual(
      lengths,
      [...lengths].sort((a, b) => b - a),
    )
  })

  test('refuses more than a distribution takes', () => {
    const signed = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}/`, 'signed' as const]))
    assert.equal(list(signed(73)).length, 74)
    assert.throws(() => list(signed(74)), {
      message: /expected at most 74 behaviours of one distribution for access but received 75/,
    })
  })
})
