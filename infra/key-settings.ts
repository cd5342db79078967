import { expectWhole, fillIn } from './setting-rules.ts'

/** How signing keys are made where the deployment makes them. Costs $0.40 a month for the secret (Secrets Manager pricing). */
export interface Keys {
  /**
   * Days until a new key takes the place of the current one, 1–1000, the most that Secrets Manager takes; 0: never by itself.
   * Default 30. Each key stays valid for as long as a URL signed with it may live. Who copies the secret instead of asking
   * Secrets Manager for it must say 0.
   */
  readonly rotationDays: number
}

/** What a deployment says of keys. `false`: no secret is made, keys are made by hand (`npx fovea keys new`). */
export type GivenKeys = Partial<Keys> | false

const keyDefaults: Keys = { rotationDays: 30 }

/** Returns the rules, complete. */
export function readKeys(given: GivenKeys | undefined): Keys | false {
  if (given === false) return false
  const keys = fillIn('keys', keyDefaults, given)
  expectWhole('keys.rotationDays', keys.rotationDays, 0, 1000, 'days')
  return keys
}
