import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type CountedRequest, countInstructions, counting } from './count-instructions.ts'
import { loadEdge, secrets } from './run-edge.ts'
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
async function countCalls(request: CountedRequest, answer: RegExp): Promise<number> {
  const counted = await countInstructions(request, { calls })
  assert.match(counted.answer, answer)
  return counted.instructions
}

const guessed = {
  'a signature': { make: withSig, right: sig, answer: /^403 .*signature-wrong/ },
  'the explain token': { make: withToken, right: secrets.explain, answer: /^\/open\/a\.jpg/ },
}

/**
 * Instructions by which two calls may differ: a quarter of a per cent of one. Calls with other letters in the same place
 * differ by some thousand, by where their texts come to lie in memory; a loop over letters that ended at the first
 * wrong one would differ by 42 turns of some 2,800 each.
 */
const maxDifference = 10_000

suite('what is guessed', () => {
  test('is compared by its HMAC, whose letters nobody knows or chooses', async () => {
    const edge = await loadEdge()
    for (const guess of [change(sig, 0, 1), change(sig, 42, 43), change(sig, 0, 43), sig]) {
      const { path, query } = withSig(guess)
      edge.digests.length = 0
      const answer = await edge.ask(`${path}?${query}`)
      assert.equal(answer.code, guess === sig ? '' : 'signature-wrong')
      const texts = edge.digests.filter(({ secret }) => secret === secrets['sign.k1']).map(({ text }) => text)
      assert.equal(texts.length, 3)
      assert.deepEqual([texts.includes(guess), texts.includes(sig)], [true, true])
    }
    for (const guess of ['x', change(secrets.explain, 0, 1), `${secrets.explain}x`, secrets.explain]) {
      edge.digests.length = 0
      await edge.ask('/open/a.jpg', { 'x-fovea-explain': guess })
      const expected = [guess, secrets.explain].map((text) => ({ secret: secrets.explain, text }))
      assert.deepEqual(edge.digests, expected)
    }
  })
})

suite('by instructions counted', { ...counting, concurrency: 2 }, () => {
  for (const [what, { make, right, answer }] of Object.entries(guessed)) {
    test(`${what} is compared as long, wherever the first wrong letter is`, async (context) => {
      const counts: Record<string, number> = {}
      const places = { first: [0, 1], middle: [21, 22], last: [42, 43], all: [0, 43] } as const
      for (const [name, [start, end]] of Object.entries(places)) {
        const guess = change(right, start, end)
        assert.equal(guess.length, right.length)
        counts[name] = await countCalls(make(guess), answer)
      }
      const all = Object.values(counts)
      assert.equal(all.length, 4)
      const difference = (Math.max(...all) - Math.min(...all)) / calls
      context.diagnostic(`${difference} instructions of difference: ${JSON.stringify(counts)}`)
      assert.ok(difference < maxDifference, JSON.stringify(counts))
    })
  }

  test('a guess that is long costs its length alone', async (context) => {
    const { make, answer } = guessed['the explain token']
    const short = await countCalls(make('x'), answer)
    const long = await countCalls(make('x'.repeat(4300)), answer)
    const letter = (long - short) / calls / 4300
    context.diagnostic(`${letter} instructions a letter`)
    assert.ok(letter > 1 && letter < 200, `${letter}`)
  })
})
