import { lowerCaseAscii } from './escaping.ts'
import { readers } from './readers.ts'

/**
 * How the values of a parameter are spelt, as one text: alternatives between spaces, each a word with its other spellings
 * behind `=`, a range with both ends included (decimals of its upper end are decimals allowed), or the shape of a
 * {@link readers reader}: `auto inside=clip=max 1..8192 X_Y<=1`. It is also what an error says was expected, and takes
 * the edge function half the bytes of lists and objects.
 *
 * A value is a number or a text in one spelling, so that equal meaning is equal by `===` and `String(value)` writes it.
 */
export type ValueKind = string

/** The shapes of {@link readers}, as types. */
type Shape = 'W-H<=64' | 'L_T_W_H' | 'X_Y<=1' | 'hex' | 'TAG<=32' | 'TEXT'

type First<Group extends string> = Group extends Shape
  ? string
  : Group extends `${number}..${string}`
    ? number
    : Group extends `${infer Word}=${string}`
      ? Word
      : Group

/** The values of a kind. */
export type ValueOf<Kind extends string> = Kind extends `${infer Head} ${infer Tail}`
  ? First<Head> | ValueOf<Tail>
  : First<Kind>

/** The value of `kind` that `text`, decoded, spells; undefined where it spells none. */
export const readValue = (kind: ValueKind, text: string): string | number | undefined => {
  const lowerCase = lowerCaseAscii(text)
  let value: string | number | undefined
  kind.split(' ').find((group) => {
    const ends = group.split('..')
    const read = readers[group]
    if (ends[1]) {
      if ((/\./.test(ends[1]) ? /^\d+(\.\d\d?)?$/ : /^\d+$/).test(text)) {
        value = Number(text) >= Number(ends[0]) && Number(text) <= Number(ends[1]) ? Number(text) : undefined
      }
    } else if (read) value = read(lowerCase, text, kind)
    else {
      const words = group.split('=')
      if (words.includes(lowerCase)) value = words[0]
    }
    return value !== undefined
  })
  return value
}
