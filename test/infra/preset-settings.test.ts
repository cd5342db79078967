import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { defineSettings } from '../../infra/settings.ts'
import { testRefused } from './refused-settings.ts'

suite('the setting presets', () => {
  test('is kept in the spelling of the URL language', () => {
    const card = { width: '400', aspect: '32:18', fit: 'PAD', background: '#FFF', gravity: '0.5_0.5' }
    const { presets } = defineSettings({ presets: { card } as never })
    assert.deepEqual(presets, {
      card: { width: 400, aspect: '16-9', fit: 'contain', background: 'ffffff', gravity: 'centre' },
    })
  })

  test('takes every name of a-z0-9-', () => {
    const presets = { '400': {}, '-': {}, 'og-image': { quality: 80 }, ['x'.repeat(32)]: {} }
    assert.deepEqual(defineSettings({ presets }).presets, presets)
  })

  testRefused('presets', [
    ['card', /expected an object.* for presets but received 'String'/],
    [{ card: 'w=100' }, /expected an object.* for presets.card but received 'String'/],
    [{ Card: {} }, /names of 1–32 of a-z0-9- .* for presets but received 'Card'/],
    [{ '': {} }, /for presets but received ''/],
    [{ ['x'.repeat(33)]: {} }, /for presets/],
    [{ a_b: {} }, /for presets/],
    // What the edge function would read as a colour, and as a constructor.
    [{ hex: {} }, /for presets but received 'hex'/],
    [{ constructor: {} }, /for presets but received 'constructor'/],
    [{ card: { wdith: 1 } }, /expected only width, .* for presets.card but received 'wdith'/],
    [{ card: { w: 1 } }, /for presets.card but received 'w'/],
    [{ card: { preset: 'card' } }, /for presets.card but received 'preset'/],
    [{ card: { version: '1' } }, /for presets.card but received 'version'/],
    [{ card: { sig: '' } }, /for presets.card but received 'sig'/],
    [{ card: { width: 0 } }, /expected auto 1..8192 for presets.card.width but received 0/],
    [{ card: { width: 8193 } }, /for presets.card.width but received 8193/],
    [{ card: { quality: 'best' } }, /expected auto low medium high 1..100 for presets.card.quality/],
    [{ card: { width: undefined } }, /for presets.card.width but received undefined/],
    [
      { card: { width: 100, height: 100, aspect: '1-1' } },
      /expected width or height for presets.card.aspect but received 'both'/,
    ],
    [{ card: { dpr: 2 } }, /expected width or height for presets.card.dpr/],
    [
      { card: { width: 5000, dpr: 2 } },
      /expected up to 8192 with dpr for presets.card.width but received '10000'/,
    ],
    [{ card: { width: 100, format: 'original' } }, /expected another format for presets.card.format/],
    // Near 4-3, which a request without a signature means by 4-3 alone.
    [{ card: { aspect: '27-20' } }, /1-1 4-3 .* for presets.card.aspect/],
  ])
})
