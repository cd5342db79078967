import { suite } from 'node:test'
import { testRefused } from './refused-settings.ts'

suite('the settings for originals in trouble', () => {
  testRefused('restoreArchived', [
    [{ days: 0, tier: 'Bulk' }, /days from 1 to 30 for restoreArchived.days but received 0/],
    [{ days: 31, tier: 'Bulk' }, /for restoreArchived.days but received 31/],
    [{ days: 1.5, tier: 'Bulk' }, /for restoreArchived.days/],
    [{ days: 1 }, /one of Standard, Bulk, Expedited for restoreArchived.tier but received undefined/],
    [{ days: 1, tier: 'bulk' }, /for restoreArchived.tier but received 'bulk'/],
    [{ days: 1, tier: 'Bulk', hours: 1 }, /only days, tier for restoreArchived but received 'hours'/],
  ])

  testRefused('fallback', [
    [{}, /the key of an original, .* for fallback.key but received undefined/],
    [{ key: '' }, /for fallback.key but received ''/],
    [{ key: '/fallback.png' }, /for fallback.key/],
    [{ key: 'a//b.png' }, /for fallback.key/],
    [{ key: '../fallback.png' }, /for fallback.key/],
    [{ key: '\ud800.png' }, /for fallback.key/],
    [{ key: 'a'.repeat(1025) }, /for fallback.key/],
    [{ key: 'x.png', width: 1 }, /only key for fallback but received 'width'/],
  ])
})
