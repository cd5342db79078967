import { lowerCaseAscii } from './escaping.ts'

/**
 * How the values of a parameter are spelt. A value is a number or a text in one spelling, so that equal meaning is
 * equal by `===` and `String(value)` writes it.
 *
 * Closed sets are one text, `auto inside=clip=max 1..8192`: alternatives between spaces, each a word with its other
 * spellings behind `=`, or a range with both ends included; decimals of its upper end are decimals allowed. That
 * costs the edge function half the bytes of lists and objects. For all else there is a reader.
 */
export type ValueKind = string | ValueReader

export interface ValueReader {
  /** What the parameter takes, as it completes "expected …". */
  expected: string
  /** The value that a text spells, in lower case and as sent, or undefined. */
  read: (lowerCase: string, text: string) => string | undefined
}

type First<Group extends string> = Group extends `${number}..${string}`
  ? number
  : Group extends `${infer Word}=${string}`
    ? Word
    : Group

/** The values of a kind. */
export type ValueOf<Kind> = Kind extends `${infer Head} ${infer Tail}`
  ? First<Head> | ValueOf<Tail>
  : Kind extends string
    ? First<Kind>
    : Kind extends ValueReader
      ? string
      : never

/** The value of `kind` that `text`, decoded, spells; undefined where it spells none. */
export const readValue = (kind: ValueKind, text: string): string | number | undefined => {
  const lowerCase = lowerCaseAscii(text)
  if (typeof kind !== 'string') return kind.read(lowerCase, text)
  let value: string | number | undefined
  kind.split(' ').forEach((group) => {
    const spellings = group.split('=')
    const range = /^(.+)\.\.(\d+)(\..+)?$/.exec(group)
    if (!range) {
      if (spellings.includes(lowerCase)) value = spellings[0]
    } else if ((range[3] ? /^\d+(\.\d\d?)?$/ : /^\d+$/).test(text)) {
      const number = Number(text)
      if (number >= Number(range[1]) && number <= Number(range[2])) value = number
    }
  })
  return value
}

/** What `kind` takes, as it completes "expected …". */
export const expectKind = (kind: ValueKind): string => {
  return typeof kind === 'string' ? kind.replace(/=\S+/g, '').replace(/ /g, ', ') : kind.expected
}

/** The kind of all texts that match `pattern`, kept as they are. */
export const token = (pattern: RegExp, expected: string): ValueReader => {
  return { expected: expected, read: (_lowerCase, text) => (pattern.test(text) ? text : undefined) }
}
