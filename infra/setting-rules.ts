import { inspect } from 'node:util'
import { maxSide } from '../grammar/max-side.ts'

/** As AWS names its regions: `eu-west-1`, `ap-southeast-2`, `us-gov-west-1`. */
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/

/**
 * Throws unless `value` is names and values, as braces write them. Security: anything else, a Map above all, has no names to look at,
 * so that it would be no settings at all, and what was to be guarded would be open. Types are not checked where settings are read.
 */
export function expectGroup(path: string, value: unknown): void {
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1)
  // Security: its kind alone is quoted, since it may be a private key.
  if (kind !== 'Object') throw invalidSetting(path, 'an object, { name: value },', kind)
}

/**
 * Throws unless `given` is a group in which every name is one of `known`: a misspelt setting must not silently keep its default, nor
 * one that is null, which may mean "none" where the default is some.
 */
export function expectKnownNames(path: string, given: object, known: object): void {
  expectGroup(path, given)
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(known, name)) throw invalidSetting(path, `only ${Object.keys(known).join(', ')}`, name)
    if (value === null)
      throw invalidSetting(`${path}.${name}`, 'a value, or undefined for the default,', value)
  }
}

/** Throws unless `value` is a whole number from `least` to `most`; `unit` is for the message. */
export function expectWhole(name: string, value: unknown, least: number, most: number, unit: string): void {
  if (!Number.isInteger(value) || Number(value) < least || Number(value) > most) {
    throw invalidSetting(name, `a whole number of ${unit} from ${least} to ${most}`, value)
  }
}

/** Throws unless `value` is a non-empty, rising list of widths that a URL can ask for: a larger step could never be. */
export function expectLadder(name: string, value: unknown): void {
  const steps: readonly unknown[] = Array.isArray(value) ? value : []
  const rising = steps.every((step, i) => i === 0 || Number(step) > Number(steps[i - 1]))
  const inRange = steps.every(
    (step) => Number.isInteger(step) && Number(step) >= 1 && Number(step) <= maxSide,
  )
  if (steps.length === 0 || !rising || !inRange) {
    throw invalidSetting(name, `rising whole widths from 1 to ${maxSide}, at least one`, value)
  }
}

/** Throws unless `value` is spelt like an AWS region. Whether the region exists only AWS knows. */
export function expectRegion(name: string, value: unknown): void {
  if (typeof value !== 'string' || !REGION.test(value)) {
    throw invalidSetting(name, 'an AWS region such as eu-west-1', value)
  }
}

/** The one way a setting is refused: `expected X for NAME but received Y`. */
export function invalidSetting(name: string, expected: string, received: unknown): Error {
  return refusedSettings(
    `expected ${expected} for ${name} but received ${inspect(received, { breakLength: Infinity })}`,
  )
}

/** An error that the settings are to blame for, and no line of code. */
export function refusedSettings(message: string): Error {
  return Object.assign(new Error(message), { code: refusedCode })
}

/** Whether `error` says all there is to know. By its code: the settings' file may have loaded this one a second time. */
export function isRefusedSettings(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === refusedCode
}

const refusedCode = 'FOVEA_SETTINGS'

/** Throws unless `value` is one of `words`. */
export function expectOneOf(name: string, value: unknown, words: readonly unknown[]): void {
  if (!words.some((word) => word === value)) throw invalidSetting(name, `one of ${words.join(', ')}`, value)
}

/** Throws unless `value` is true or false. */
export function expectBoolean(name: string, value: unknown): void {
  if (typeof value !== 'boolean') throw invalidSetting(name, 'true or false', value)
}

/** Returns what is given over the defaults of its group. */
export function fillIn<Group extends object>(name: string, group: Group, given: Partial<Group> = {}): Group {
  expectKnownNames(name, given, group)
  const said = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...group, ...Object.fromEntries(said) }
}
