import fc from 'fast-check'
import { rows, type Wish } from './arbitrary-request.ts'

/** How a request is spelt: choices that must not matter to its meaning. */
export interface Spelling {
  /** Turns of a choice, taken one after the other and again from the start. */
  turns: readonly number[]
  /** Parameters without a row, encoded, put between the others. */
  unknown: readonly string[]
  shuffled: boolean
}

/** Parameters whose values keep their letter case. */
const keepsCase = ['download', 'overlay', 'key', 'version', 'exp', 'kid', 'sig']

const knownNames = rows.flatMap((row) => row.spellings)

/** Names and values as they stand in a query: anything but its delimiters, percent-encoding broken or not. */
const arbitraryPiece = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'utm_source',
    '%',
    '%zz',
    '%FF',
    '',
    '0',
    '2',
    'length',
  ),
  fc.string({ unit: fc.constantFrom(...'abwhfq019%+=._~[]é') }).map((text) => text.replace(/=/g, '')),
)

const arbitraryUnknown = fc
  .tuple(arbitraryPiece, fc.option(arbitraryPiece, { nil: undefined }))
  .filter(([name]) => !knownNames.includes(decodeLoosely(name)) && name !== 'rev')
  .map(([name, value]) => (value === undefined ? name : `${name}=${value}`))

export const arbitrarySpelling: fc.Arbitrary<Spelling> = fc.record({
  turns: fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 40 }),
  unknown: fc.array(arbitraryUnknown, { maxLength: 3 }),
  shuffled: fc.boolean(),
})

/** The spelling that changes nothing. */
export const plain: Spelling = { turns: [0], unknown: [], shuffled: false }

/** Writes `wish` as a URL. */
export function spellUrl(wish: Wish, spelling: Spelling): string {
  let turn = 0
  const choose = (count: number) => (spelling.turns[turn++ % spelling.turns.length] as number) % count

  const pieces = Object.entries(wish.values).map(([name, value]) => {
    const names = rows.find((row) => row.name === name)?.spellings ?? []
    const shownName = flipCase(names[choose(names.length)] as string, choose)
    const shownValue = keepsCase.includes(name) ? value : flipCase(value, choose)
    return `${encodeSome(shownName, '', choose)}=${encodeSome(shownValue, ' ', choose)}`
  })
  for (const piece of spelling.unknown) pieces.splice(choose(pieces.length + 1), 0, piece)
  if (spelling.shuffled) for (let i = 0; i < pieces.length; i++) swap(pieces, i, choose(pieces.length))
  return `/${encodeSome(wish.key, '/', choose)}?${pieces.join('&')}`
}

type Choose = (count: number) => number

function flipCase(text: string, choose: Choose): string {
  return text.replace(/[a-z]/gi, (letter) => (choose(3) === 1 ? letter.toUpperCase() : letter))
}

/** Escapes what must be, and by choice what need not; `special` is the slash of a path or the space of a query. */
function encodeSome(text: string, special: string, choose: Choose): string {
  return [...text]
    .map((character) => {
      if (character === '/' && special === '/') return character
      if (character === ' ' && special === ' ') return choose(2) === 1 ? '+' : '%20'
      const literal = special === '/' ? /[\w.~!'()*,:;@$&=+-]/ : /[\w.~!'()*,:;@$/-]/
      if (literal.test(character) && choose(4) !== 1) return character
      const escaped = [...Buffer.from(character)]
        .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
        .join('')
      return choose(2) === 1 ? escaped : escaped.toUpperCase()
    })
    .join('')
}

function swap(items: string[], a: number, b: number): void {
  const kept = items[a] as string
  items[a] = items[b] as string
  items[b] = kept
}

function decodeLoosely(name: string): string {
  try {
    return decodeURIComponent(name.replace(/\+/g, ' ')).toLowerCase()
  } catch {
    return ''
  }
}
