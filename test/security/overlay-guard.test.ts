import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { assertRefused } from './expect.ts'
import { createRandom, type Random } from './random.ts'
import { type Edge, loadEdge } from './run-edge.ts'
import { sign, signUrl } from './sign.ts'

// Whoever may have a picture may have what lies under the prefix of overlays laid over it, and nothing else: no spelling of
// `overlay` shows a guarded original by way of another.

const spellings = 4000

let edge: Edge

before(async () => {
  edge = await loadEdge()
})

/** The overlay that the transformer will read out of a canonical URL; written here, not by the code under test. */
function overlayOf(url: string): string | undefined {
  const text = /[?&]overlay=([^&]*)/.exec(url)?.[1]
  if (text !== undefined) assert.match(text, /^(?:[\w.\-/]|~[\dA-F]{2})+$/, url)
  return text && decodeURIComponent(text.replaceAll('~', '%'))
}

/** Fails where `sent` passes with an overlay that is not under the prefix, whatever S3 could take for the same key. */
async function assertGuarded(sent: string): Promise<'refused' | 'laid' | 'without'> {
  const answer = await edge.ask(sent)
  if (answer.url === undefined) {
    assertRefused(answer, sent, [
      'bad-value',
      'bad-key',
      'repeated',
      'not-canonical',
      'needs-signature',
      'guarded',
    ])
    return 'refused'
  }
  const overlay = overlayOf(answer.url)
  if (overlay === undefined) return 'without'
  assert.match(overlay, /^marks\//, `${sent} passes as ${answer.url}`)
  assert.doesNotMatch(overlay, /(?:^|\/)\.{0,2}(?:\/|$)|\0/, `${sent} passes as ${answer.url}`)
  return 'laid'
}

/** Spellings of an overlay outside the prefix; `@` stands for the name of a guarded folder, or of an open one. */
const known: readonly string[] = [
  'overlay=@/a.png',
  'OVERLAY=@/a.png',
  'overlay=@%2Fa.png',
  'overlay=%40/a.png',
  '%6Fverlay=@/a.png',
  'overlay=/@/a.png',
  'overlay=./@/a.png',
  'overlay=marks/../@/a.png',
  'overlay=marks/%2e%2e/@/a.png',
  'overlay=marks%2F..%2F@%2Fa.png',
  'overlay=marks\\..\\@\\a.png',
  'overlay=marks/a.png&overlay=@/a.png',
  'overlay=@/a.png&overlay=marks/a.png',
  'overlay=marks//../@/a.png',
  'overlay=%00marks/../@/a.png',
  'overlay=@/a.png%00marks/',
  'overlay= marks/../@/a.png',
  'overlay=@/marks/a.png',
  'overlay=Marks/../@/a.png',
  'rev=1&overlay=@/a.png&format=auto',
  'rev=1&overlay=marks/~2E~2E/@/a.png&format=auto',
  'rev=1&overlay=marks/a.png&overlay=@/a.png&format=auto',
]

suite('an overlay outside the prefix', () => {
  for (const spelling of known) {
    test(`is out of reach as ${spelling}`, async () => {
      for (const folder of ['vault', 'secret', 'open', 'x']) {
        const query = spelling.replaceAll('@', folder)
        for (const key of ['open/a.jpg', 'a.jpg', 'secret/a.jpg', 'vault/a.jpg']) {
          assert.equal(await assertGuarded(`/${key}?${query}`), 'refused')
          // Behind another parameter `rev` claims nothing, and a tilde is a tilde.
          const outcome = await assertGuarded(`/?key=${key}&${query}`)
          if (!query.includes('~')) assert.equal(outcome, 'refused')
        }
      }
    })
  }

  test('is out of reach of who has a signing key', async () => {
    for (const overlay of ['vault/a.png', 'secret/a.png', 'x.png', 'marks.png']) {
      for (const key of ['secret/a.jpg', 'a.jpg', 'open/a.jpg']) {
        const parameters = `width=160&overlay=${overlay}`
        const sent = signUrl({ key, parameters })
        assertRefused(await edge.ask(sent), sent, ['bad-value'])
      }
    }
    const signed = signUrl({ key: 'secret/a.jpg', parameters: 'width=160&overlay=marks/a.png' })
    assert.equal(overlayOf((await edge.ask(signed)).url ?? ''), 'marks/a.png')
    // In the words of the signed text: another overlay is another signature.
    const sig = sign({ key: 'secret/a.jpg', parameters: 'width=160&overlay=marks/a.png' })
    const changed = signed.replace('marks/a.png', 'marks/b.png')
    assertRefused(await edge.ask(changed), changed, ['signature-wrong'], signed.includes(sig) ? [] : [sig])
  })

  test(`is out of reach in ${spellings} random spellings`, async (context) => {
    const random = createRandom(11)
    const seen = { refused: 0, laid: 0, without: 0 }
    for (let turn = 0; turn < spellings; turn++) seen[await assertGuarded(makeUrl(random))]++
    context.diagnostic(JSON.stringify(seen))
    assert.ok(seen.refused > spellings / 10 && seen.laid > spellings / 100, JSON.stringify(seen))
  })
})

const pieces = [
  'marks',
  'vault',
  'secret',
  'open',
  '..',
  '.',
  '',
  'a.png',
  'marks ',
  'Marks',
  '%',
  '~',
  '\\',
  '\0',
]

function makeUrl(random: Random): string {
  const depth = 1 + random.below(4)
  const folders = Array.from({ length: depth }, () => random.pick(pieces))
  const key = [...(random.oneIn(2) ? ['marks'] : []), ...folders, 'a.png'].join('/')
  const canonical = random.oneIn(4)
  const mark = canonical ? '~' : '%'
  const overlay = [...key]
    .map((character) =>
      random.oneIn(6) || !/[\w./]/.test(character)
        ? `${mark}${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`
        : character,
    )
    .join('')
  const name = canonical ? 'overlay' : random.pick(['overlay', 'Overlay', 'overl%61y', 'overlay'])
  const query = `${name}=${overlay}`
  return canonical ? `/open/a.jpg?rev=1&${query}&format=auto` : `/open/a.jpg?${query}`
}
