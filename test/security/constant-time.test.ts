import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { type CountedRequest, countInstructions, counting } from './count-instructions.ts'
import { secrets } from './run-edge.ts'
import { inAnHour, sign } from './sign.ts'

// How long a comparison takes must not tell how much of a guess was right: guesses would then be made letter by letter.

/** Calls in a process, so that it is they that count. */
const calls = 4
const sig = sign({ key: 'secret/a.jpg', parameters: 'width=800' })

const withSig = (text: string): CountedRequest => ({
  path: '/secret/a.jpg',
  query: `width=800&exp=${inAnHour}&kid=k1&sig=${text}`,
})
const withToken = (text: string): CountedRequest => ({
  path: '/open/a.jpg',
  query: 'width=800',
  headers: { 'x-fovea-explain': text },
})

/** `text` with other characters from `start` to before `end`, as many as there were. */
function change(text: string, start: number, end: number): string {
  const changed = [...text.slice(start, end)].map((letter) => (letter === 'Q' ? 'R' : 'Q'))
  return text.slice(0, start) + changed.join('') + text.slice(end)
}

/** Instructions of a call, and of the process around it, which differs by nothing but what is asked. */
async function countCalls(request: CountedRequest, answer: RegExp, token?: string): Promise<number> {
  const counted = await countInstructions(request, { calls, token })
  assert.match(counted.answer, answer)
  return counted.instructions
}

const guessed = {
  'a signature': { make: withSig, right: sig, answer: /^403 .*signature-wrong/ },
  'the explain token': { make: withToken, right: secrets.explain, answer: /^\/open\/a\.jpg/ },
}

/**
 * Instructions that one letter more to compare costs a call; njs 0.7.9 took 2,792 when this was written. Two guesses differ
 * by up to half of that without a pattern, by where their texts come to lie in memory.
 */
async function countLetter(): Promise<number> {
  const { make, answer } = guessed['the explain token']
  const guess = make('x'.repeat(43))
  const short = await countCalls(guess, answer, 'Q'.repeat(43))
  const long = await countCalls(guess, answer, 'Q'.repeat(86))
  return (long - short) / 43 / calls
}

suite('by instructions counted', { ...counting, concurrency: 2 }, () => {
  let letter: number

  before(async () => {
    letter = await countLetter()
    assert.ok(letter > 500 && letter < 10_000, `${letter}`)
  })

  for (const [what, { make, right, answer }] of Object.entries(guessed)) {
    test(`${what} is compared as long, wherever the first wrong letter is`, async (context) => {
      const counts: Record<string, number> = {}
      const places = { first: [0, 1], last: [42, 43], all: [0, 43] } as const
      for (const [name, [start, end]] of Object.entries(places)) {
        const guess = change(right, start, end)
        assert.equal(guess.length, right.length)
        counts[name] = await countCalls(make(guess), answer)
      }
      const all = Object.values(counts)
      assert.equal(all.length, 3)
      const difference = (Math.max(...all) - Math.min(...all)) / calls
      context.diagnostic(`${difference} instructions of difference, a letter takes ${letter}`)
      // One that ended early would differ by 42 letters.
      assert.ok(difference < letter, JSON.stringify(counts))
    })
  }

  test('a guess may be long: comparing takes as long as the token is', async () => {
    const { make, answer } = guessed['the explain token']
    const short = await countCalls(make('x'), answer)
    const long = await countCalls(make('x'.repeat(4300)), answer)
    // It is read, which a hundredth of comparing it would exceed.
    assert.ok((long - short) / calls < (4300 * letter) / 100, `${short} and ${long}`)
  })
})
