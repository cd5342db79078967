import { type GivenArguments, UsageError } from '../signer/cli/command.ts'

/** The whole number of an option, from `min` to `max`, or what it is where it was not given. */
export function readWholeOption(
  given: GivenArguments,
  name: string,
  otherwise: number,
  min: number,
  max: number,
): number {
  const text = given.text(name) ?? String(otherwise)
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new UsageError(`--${name}: expected a whole number from ${min} to ${max} but received ${text}`)
}
