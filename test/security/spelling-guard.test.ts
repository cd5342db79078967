import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { createRandom, type Random } from './random.ts'
import { type Answer, type Edge, loadEdge } from './run-edge.ts'
import { signUrl } from './sign.ts'

// Access goes by the key that S3 will be asked for: no spelling of a URL reaches a guarded one under another rule.

const spellings = 8000

let edge: Edge

before(async () => {
  edge = await loadEdge()
})

/** The key that the transformer will read out of a canonical URL; written here, not by the code under test. */
function keyOf(url: string): string {
  const path = url.slice(1, url.indexOf('?'))
  assert.match(path, /^(?:[\w.\-/]|~[\dA-F]{2})+$/, url)
  return decodeURIComponent(path.replaceAll('~', '%'))
}

/** Fails where `answer` lets through what is guarded, by whatever S3 or a file system could take for the same key. */
function assertGuarded(answer: Answer, url: string): void {
  if (answer.url === undefined) {
    assert.ok(answer.status === 400 || answer.status === 403, `${url}: ${answer.raw}`)
    return
  }
  const key = keyOf(answer.url)
  assert.doesNotMatch(key, /^(?:vault|secret)\//, `${url} passes as ${answer.url}`)
  assert.doesNotMatch(key, /(?:^|\/)\.{0,2}(?:\/|$)|\0/, `${url} passes as ${answer.url}`)
}

/** Spellings of a guarded key; `@` stands for `vault` or `secret`. */
const known: readonly string[] = [
  ...[
    '/@/a.jpg',
    '/?key=@/a.jpg',
    '/?key=@%2Fa.jpg',
    '/x?key=@/a.jpg',
    '/@/a.jpg?key=@/a.jpg',
    '/?KEY=@/a.jpg',
  ],
  ...['/?key=/@/a.jpg', '/?key=x&key=@/a.jpg', '/?key=&key=@/a.jpg', '/?key=x/../@/a.jpg', '/?key=./@/a.jpg'],
  ...[
    '/@/a.jpg?key=',
    '/@/a.jpg?rev=1&format=auto',
    '/@/a.jpg?rev=1&width=160&format=auto',
    '/?rev=1&key=@/a.jpg',
  ],
  ...[
    '/~76ault/a.jpg?rev=1&format=auto',
    '/~73ecret/a.jpg?rev=1&format=auto',
    '/@~2Fa.jpg?rev=1&format=auto',
  ],
  ...[
    '/@%2Fa.jpg',
    '/@%2fa.jpg',
    '/%76ault/a.jpg',
    '/%73ecret/a.jpg',
    '/%2F@/a.jpg',
    '/@%5Ca.jpg',
    '/@\\a.jpg',
  ],
  ...[
    '//@/a.jpg',
    '///@/a.jpg',
    '/./@/a.jpg',
    '/x/../@/a.jpg',
    '/x/%2e%2e/@/a.jpg',
    '/%2e/@/a.jpg',
    '/../@/a.jpg',
  ],
  ...[
    '/@//a.jpg',
    '/@/./a.jpg',
    '/@/x/../a.jpg',
    '/@./a.jpg',
    '/@/../@/a.jpg',
    '/@/a.jpg/',
    '/@/a.jpg/..',
    '/@/.',
  ],
  ...[
    '/\\@/a.jpg',
    '\\@\\a.jpg',
    '/@%00/a.jpg',
    '/%00@/a.jpg',
    '/@%09/a.jpg',
    '/%09@/a.jpg',
    '/%0D%0A@/a.jpg',
  ],
  ...['/ @/a.jpg', '/%20@/a.jpg', '/+@/a.jpg', '/%EF%BB%BF@/a.jpg', '/%E2%80%8B@/a.jpg', '/%C2%AD@/a.jpg'],
  ...['/@%EF%BC%8Fa.jpg', '/@%E2%88%95a.jpg', '/@%C0%AFa.jpg', '/%C1%B6ault/a.jpg', '/%E0%81%B6ault/a.jpg'],
  ...['/%2576ault/a.jpg', '/@%252Fa.jpg', '/%u0076ault/a.jpg', '/@;x=1/a.jpg', '/@/a.jpg;x=1', '/@/a.jpg#x'],
  ...[
    '/@/a.jpg.',
    '/@/a.jpg%20',
    '/@/a.jpg::$DATA',
    '/@/',
    '/@/%',
    '/@/a.jpg?%',
    'https://host/@/a.jpg',
    '@/a.jpg',
  ],
]

test('with a signature of ours what CloudFront guards stays guarded', async () => {
  for (const key of ['vault/a.jpg', 'vault/b/c.png']) {
    assert.equal((await edge.ask(signUrl({ key, parameters: 'width=160' }))).code, 'guarded')
    assert.notEqual((await edge.ask(signUrl({ key: `x/${key}`, parameters: 'width=160' }))).url, undefined)
  }
})

suite('without a signature', () => {
  for (const spelling of known) {
    test(`${spelling} reaches nothing that is guarded`, async () => {
      let tried = 0
      for (const prefix of ['vault', 'secret']) {
        for (const query of ['', 'width=160', 'w=auto&utm_source=x', 'rev=1']) {
          const plain = spelling.replaceAll('@', prefix)
          const url = query === '' ? plain : `${plain}${plain.includes('?') ? '&' : '?'}${query}`
          tried++
          assertGuarded(await edge.ask(url), url)
        }
      }
      assert.equal(tried, 8)
    })
  }

  test('the plain spellings are refused for the reason they should be', async () => {
    for (const url of [
      '/@/a.jpg',
      '/?key=@/a.jpg',
      '/@/a.jpg?rev=1&width=160&format=auto',
      '/@%5C/a.jpg'.replace('%5C', ''),
    ]) {
      assert.equal((await edge.ask(url.replaceAll('@', 'vault'))).code, 'guarded', url)
      assert.equal((await edge.ask(url.replaceAll('@', 'secret'))).code, 'needs-signature', url)
    }
  })

  test('an encoded slash is no key, whatever it would name', async () => {
    for (const key of ['vault%2Fa.jpg', 'secret%2fa.jpg', 'open%2Fa.jpg', 'a%2f..%2fb.jpg']) {
      for (const query of ['', '?key=open/a.jpg', '?rev=1&format=auto'])
        assert.match((await edge.ask(`/${key}${query}`)).code, /^(bad-key|contradiction)$/, key)
    }
  })

  test('a key in other letters is another key', async () => {
    for (const key of [
      'Vault/a.jpg',
      'VAULT/a.jpg',
      'vaulT/a.jpg',
      'Secret/a.jpg',
      'vault',
      'vaults/a.jpg',
      'x/vault/a.jpg',
    ]) {
      assert.equal((await edge.ask(`/${key}?width=160`)).url, `/${key}?rev=1&width=160&format=auto`)
    }
  })

  test(`no random spelling reaches one, of ${spellings}`, async (context) => {
    const random = createRandom(7)
    const counts: Record<string, number> = {}
    const seen = new Set<string>()
    for (let turn = 0; turn < spellings; turn++) {
      const url = spellRandomly(random)
      seen.add(url)
      const answer = await edge.ask(url)
      assertGuarded(answer, url)
      const code = answer.code || 'another key'
      counts[code] = (counts[code] ?? 0) + 1
    }
    context.diagnostic(JSON.stringify({ distinct: seen.size, ...counts }))
    assert.ok(seen.size >= 5000, `${seen.size} distinct`)
    for (const code of ['guarded', 'needs-signature', 'another key', 'bad-key'])
      assert.ok((counts[code] ?? 0) >= 300, JSON.stringify(counts))
  })
})

const insertions = [
  '/',
  './',
  '../',
  '%00',
  '%09',
  '\\',
  '%20',
  '+',
  '%EF%BB%BF',
  '%',
  '~',
  ';',
  '.',
  '%C0%80',
  'x/../',
]

/** A URL that spells a guarded key, or nearly. */
function spellRandomly(random: Random): string {
  const key = random.pick(['vault/a.jpg', 'secret/a.jpg', 'vault/b/c.png', 'vault/é'])
  const mildness = random.pick([2, 4, 12])
  let path = ''
  for (const character of key) path += spellCharacter(character, mildness, random)
  if (random.oneIn(3)) {
    const at = random.below(path.length)
    path = path.slice(0, at) + random.pick(insertions) + path.slice(at)
  }
  const query = random.pick([
    '',
    '?width=160',
    '?rev=1&width=160&format=auto',
    '?rev=1&format=auto',
    '?x&rev=1',
  ])
  switch (random.below(4)) {
    case 0:
      return `/?key=${path}&${query.slice(1)}`
    case 1:
      return `${random.pick(['/', '//', '/./', '', '/x'])}${path}${query || '?'}&key=${path}`
    default:
      return `/${path}${query}`
  }
}

function spellCharacter(character: string, mildness: number, random: Random): string {
  if (!random.oneIn(mildness)) return character
  const bytes = [...Buffer.from(character)]
  const hex = (mark: string) =>
    bytes
      .map((byte) => {
        const digits = byte.toString(16).padStart(2, '0')
        return mark + (random.oneIn(2) ? digits : digits.toUpperCase())
      })
      .join('')
  // The last are other characters that look, fold or decode carelessly to the same.
  const fullwidth = /[!-~]/.test(character)
    ? String.fromCharCode(character.charCodeAt(0) + 0xfee0)
    : character
  return random.pick([
    ...[hex('%'), hex('%'), hex('%'), hex('~'), hex('~'), hex('%25'), hex('%7E'), hex('\\x')],
    ...[character.toUpperCase(), encodeURIComponent(fullwidth), `%C0%${(bytes[0] ?? 0) | 0x80}`],
  ])
}
