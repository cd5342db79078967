import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countReach } from '../../grammar/reach.ts'
import { defineSettings, type GivenSettings, viewerFunctionSettings } from '../../infra/settings.ts'
import { testRefused } from './refused-settings.ts'

suite('the setting aspects', () => {
  test('is kept in lowest terms', () => {
    assert.deepEqual(defineSettings({ aspects: ['32:18', '1-1'] }).aspects, ['16-9', '1-1'])
  })

  testRefused('aspects', [
    ['16-9', /expected a list of ratios .* for aspects but received '16-9'/],
    [['16x9'], /expected ratios such as 16-9, sides 1–64, for aspects but received '16x9'/],
    [['65-1'], /for aspects but received '65-1'/],
    [['0-1'], /for aspects but received '0-1'/],
    [['4-3', '8-6'], /more than 2 % from 4-3 for aspects but received '4-3'/],
    [['16-9', '1-1', '25-14'], /more than 2 % from 16-9 for aspects but received '25-14'/],
    [['1-3'], /at most 8192 px high at the ladder's step 3840 for aspects but received '1-3'/],
  ])

  test('is measured by the largest step of the ladder', () => {
    assert.deepEqual(defineSettings({ aspects: ['1-3'], ladder: [2730] }).aspects, ['1-3'])
    assert.throws(() => defineSettings({ aspects: ['1-3'], ladder: [2731] }), { message: /for aspects/ })
  })

  test('takes ratios just apart', () => {
    assert.equal(defineSettings({ aspects: ['50-50', '51-49'] }).aspects.length, 2)
  })
})

suite('the ratios of an edge function', () => {
  /** The ratios that presets add to 1-1 and 4-3. */
  function addedBy(presets: GivenSettings): readonly string[] {
    const settings = defineSettings({ aspects: ['1-1', '4-3'], ...presets })
    return viewerFunctionSettings(settings).aspects.slice(2)
  }

  for (const [preset, added] of [
    [{ width: 1200, height: 630 }, ['40-21']],
    [{ width: 1000, height: 333 }, ['1000-333']],
    [{ width: 300, aspect: '42-18' }, ['7-3']],
    [{ height: 300, aspect: '5-4' }, ['5-4']],
    [{ aspect: '5-4' }, ['5-4']],
    [{ width: 160, height: 600 }, ['4-15']],
    [{ width: 400, height: 300 }, []],
    [{ width: 403, height: 300 }, []],
    [{ width: 'auto', height: 300 }, []],
    [{ width: 400 }, []],
    [{ quality: 'low' }, []],
  ] as const) {
    test(`are ${added.length ? added.join() : 'no more'} with a preset of ${JSON.stringify(preset)}`, () => {
      assert.deepEqual(addedBy({ presets: { it: preset } }), added)
    })
  }

  test('are each there once', () => {
    const presets = { one: { aspect: '5-4' }, other: { width: 500, height: 400 } }
    assert.deepEqual(addedBy({ presets }), ['5-4'])
  })

  test('let the presets of a deployment be counted', () => {
    const count = (presets: GivenSettings['presets']) =>
      countReach(viewerFunctionSettings(defineSettings({ presets })))
    assert.ok(count({}) > 1000)
    assert.ok(count({ card: { width: 300, height: 120 } }) > count({}))
  })
})
