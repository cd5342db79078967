import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineSettings, type GivenSettings } from '../../infra/settings.ts'

/** Tests that each of these settings is refused with the message beside it. */
export function testRefused<Name extends keyof GivenSettings>(
  name: Name,
  cases: readonly (readonly [given: unknown, message: RegExp])[],
): void {
  for (const [given, message] of cases) {
    test(`refuses ${name} of ${JSON.stringify(given).slice(0, 80)}`, () => {
      assert.throws(() => defineSettings({ [name]: given } as GivenSettings), { message })
    })
  }
}
