import type { ParameterRow } from '../../grammar/parameter-row.ts'
import { parameters } from '../../grammar/parameters.ts'
import { readValue } from '../../grammar/value-kinds.ts'
import type { ImageParameters } from '../image-parameters.ts'

/** Parameters as texts, whose values the grammar reads when the translation is written. */
export type TextParameters = { [Name in keyof ImageParameters]?: string | number }

/** What one option of another service comes to. */
export interface Reading {
  set?: TextParameters
  /** What is not the same any more, for who reads it. Without `set` the whole option is lost. */
  warning?: string
  /** Whether a part of it is lost beside `set`. */
  lost?: boolean
}

/** How one option of another service is translated. */
export interface Rule {
  /** What it becomes, for the table of docs/migration.md (Markdown). */
  becomes: string
  /** `option` is the text of the first option of that name, or ''. */
  read: (value: string, option: (name: string) => string) => Reading
}

type Name = keyof ImageParameters

/** Taken as it is. */
export function take(name: Name): Rule {
  return { becomes: `\`${name}\``, read: (value) => readInto(name, value) }
}

/** Words in place of words; what is none of them is taken as it is where `name` has it. */
export function words(
  name: Name,
  table: Readonly<Record<string, string>>,
  near: Readonly<Record<string, string>> = {},
): Rule {
  const listed = Object.entries(table).map(([from, to]) =>
    from === to ? `\`${from}\`` : `\`${from}\` → \`${to}\``,
  )
  return {
    becomes: `\`${name}\`${listed.length > 0 ? `: ${listed.join(', ')}` : ''}`,
    read: (value) => {
      const reading = readInto(name, Object.hasOwn(table, value) ? (table[value] ?? '') : value)
      return Object.hasOwn(near, value) && reading.set ? { ...reading, warning: near[value] } : reading
    },
  }
}

/** A number in another range. */
export function scaled(
  name: Name,
  convert: (value: number) => number,
  becomes: string,
  warning?: string,
): Rule {
  return {
    becomes: `\`${name}\`: ${becomes}`,
    read: (value) => {
      const number = Number(value)
      if (value === '' || Number.isNaN(number)) return { warning: 'no number' }
      // Two decimals, which is what the grammar has.
      const reading = readInto(name, String(Number(convert(number).toFixed(2))))
      return reading.set && warning ? { ...reading, warning } : reading
    },
  }
}

/** What holds anyway. */
export function given(text: string): Rule {
  return { becomes: `nothing: ${text}`, read: () => ({ set: {} }) }
}

/** What there is nothing for. */
export function lost(text: string): Rule {
  return { becomes: `**lost**: ${text}`, read: () => ({ warning: text }) }
}

/** `name` set where the option is on, nothing where it is off. */
export function on(set: TextParameters): Rule {
  return {
    becomes: describeSet(set),
    read: (value) => (/^(?:|1|t|true|yes)$/i.test(value) ? { set } : { set: {} }),
  }
}

/** `rotate`, where a whole turn or none is nothing. */
export function turn(): Rule {
  return {
    becomes: '`rotate` by 90, 180 and 270',
    read: (value) => (/^(?:0|360|null|)$/.test(value) ? { set: {} } : readInto('rotate', value)),
  }
}

/** `rule` with `warning` wherever it sets something. */
export function near(rule: Rule, warning: string): Rule {
  return {
    becomes: `${rule.becomes}; ${warning}`,
    read: (value, option) => {
      const reading = rule.read(value, option)
      return reading.set && Object.keys(reading.set).length > 0 ? { ...reading, warning } : reading
    },
  }
}

/** A size, where 0 stands for none. */
export function side(name: 'width' | 'height'): Rule {
  return {
    becomes: `\`${name}\``,
    read: (value) => (/^(?:0|null|)$/.test(value) ? { set: {} } : readInto(name, value)),
  }
}

/** A reading that sets `name` to `value`, or a warning where the language does not have that value. */
export function readInto(name: Name, value: string): Reading {
  const row: ParameterRow | undefined = parameters.find((each) => each.name === name)
  // Which presets there are only the settings know.
  if (row && readValue(row.kind, value) !== undefined) return { set: { [name]: value } }
  return { warning: `\`${name}\` has no such value` }
}

export function describeSet(set: TextParameters): string {
  return Object.entries(set)
    .map(([name, value]) => `\`${name}=${value}\``)
    .join(', ')
}

/** Said of every signature: it is of another service's secret. */
export const signatureLost = lost('sign anew with `fovea sign`')

/** `quality`, whose words may be others. Numbers are near: the encoders of others are each on their own scale. */
export function quality(table: Readonly<Record<string, string>> = {}): Rule {
  const { becomes, read } = words('quality', table)
  const warning = 'one scale for all formats, that of JPEG'
  return {
    becomes: `${becomes}; of numbers, ${warning}`,
    read: (value, option) => {
      const reading = read(value, option)
      return reading.set && /^\d+$/.test(value) ? { ...reading, warning } : reading
    },
  }
}

/** From −100…100, where 0 changes nothing, to a factor. */
export function fromPercent(value: number): number {
  return 1 + value / 100
}
