import type { Fault } from './fault.ts'
import { hostileFaults } from './table/hostile.ts'
import { keyFaults } from './table/keys.ts'
import { machineFaults } from './table/machine.ts'
import { originalFaults } from './table/originals.ts'
import { regionFaults } from './table/region.ts'
import { s3Faults } from './table/s3.ts'
import { transformerFaults } from './table/transformer.ts'

/** Every fault, in the order in which they are injected. */
export const faults: readonly Fault[] = [
  ...s3Faults,
  ...transformerFaults,
  ...regionFaults,
  ...keyFaults,
  ...originalFaults,
  ...machineFaults,
  ...hostileFaults,
]

/**
 * The faults of these names, in the table's order; all where none is named.
 *
 * @throws Error for a name that is none.
 */
export function chooseFaults(names: readonly string[]): readonly Fault[] {
  const unknown = names.find((name) => !faults.some((fault) => fault.name === name))
  if (unknown !== undefined) {
    throw new Error(
      `--fault: expected one of ${faults.map(({ name }) => name).join(', ')} but received ${unknown}`,
    )
  }
  return names.length === 0 ? faults : faults.filter(({ name }) => names.includes(name))
}

/** What `--list` prints. */
export function listFaults(): string {
  const width = Math.max(...faults.map(({ name }) => name.length))
  return faults
    .map(({ name, done, design }) => `${name.padEnd(width)}  ${done}\n${' '.repeat(width)}  → ${design}\n`)
    .join('')
}
