import assert from 'node:assert/strict'
import { before, beforeEach, suite, test } from 'node:test'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { assertKeepsSecrets, assertRefused } from './expect.ts'
import { type Edge, type Headers, loadEdge, secrets } from './run-edge.ts'
import { inAnHour, sign, signUrl } from './sign.ts'

const token = secrets.explain
const avif = { accept: 'image/avif' }
const hotlinked = { referer: 'https://evil.example/', host: 'd111111abcdef8.cloudfront.net' }

/** Requests of each outcome. */
const urls: readonly (readonly [url: string, headers?: Headers])[] = [
  ['/a.jpg?width=800'],
  ['/a.jpg?width=0'],
  ['/a.jpg?page=1'],
  ['/vault/a.jpg'],
  ['/secret/a.jpg?width=800'],
  ['/a%00.jpg'],
  ['/a.jpg?rev=1&width=800&format=auto.webp'],
  ['/a.jpg?rev=1&width=801&format=auto'],
  [signUrl({ key: 'secret/a.jpg', parameters: 'width=801' })],
  [`/secret/a.jpg?width=801&exp=${inAnHour}&kid=k1&sig=${'A'.repeat(43)}`],
  [`/secret/a.jpg?width=801&exp=${inAnHour}&kid=k9&sig=${'A'.repeat(43)}`],
  [`/secret/a.jpg?width=801&exp=${inAnHour}&kid=weak&sig=${'A'.repeat(43)}`],
  [`/secret/a.jpg?width=801&exp=5&kid=k1&sig=${'A'.repeat(43)}`],
  ['/a.jpg?width=800', hotlinked],
]

let edge: Edge

before(async () => {
  edge = await loadEdge({ hotlinks: { pages: formatPagePattern(['shop.example']) } })
})

beforeEach(() => {
  edge.store.fails = false
  edge.store.lookups = []
  edge.store.values.set('explain', token)
})

suite('with the explain token', () => {
  for (const [url, headers] of urls) {
    test(`the edge tells what it thinks of ${url.slice(0, 60)}${headers ? ', hotlinked' : ''}`, async () => {
      const sent = { ...avif, ...headers }
      const plain = await edge.ask(url, sent)
      const explained = await edge.ask(url, { ...sent, 'x-fovea-explain': token })
      assert.deepEqual([explained.status, explained.url], [200, undefined])
      assert.equal(explained.headers['cache-control'], 'no-store')
      assert.equal(explained.headers['content-type'], 'application/json')
      assert.equal(explained.headers.etag, undefined)
      assertKeepsSecrets(explained.raw, url, [sign({ key: 'secret/a.jpg', parameters: 'width=801' })])
      const { url: canonical, refusal } = JSON.parse(explained.body)
      // What it tells is what would have happened: it changes neither key nor verdict.
      if (plain.url !== undefined) assert.equal(`${canonical.path}?${canonical.query}`, plain.url)
      else assert.deepEqual([refusal.status, refusal.code], [plain.status, plain.code])
      assert.equal((await edge.ask(url, sent)).raw, plain.raw)
    })
  }

  test('both outcomes were among them', async () => {
    const answers = await Promise.all(urls.map(([url, headers]) => edge.ask(url, { ...avif, ...headers })))
    const codes = new Set(answers.map(({ code }) => code))
    assert.ok(codes.size >= 10, [...codes].join(' '))
    assert.ok(codes.has(''))
  })
})

const wrong: Readonly<Record<string, string>> = {
  empty: '',
  'a letter': token.slice(0, 1),
  'all but a letter': token.slice(0, -1),
  'all but the first letter': token.slice(1),
  'a letter more': `${token}G`,
  'a space more': `${token} `,
  'a NUL more': `${token}\0`,
  'a NUL before': `\0${token}`,
  'twice the token': token + token,
  'in other letters': token.toLowerCase(),
  'as long, other at its end': `${token.slice(0, -1)}H`,
  'as long, other at its start': `U${token.slice(1)}`,
  'NULs as many': '\0'.repeat(token.length),
  'letters that differ above 8 bits': [...token]
    .map((c) => String.fromCharCode(c.charCodeAt(0) + 256))
    .join(''),
  'a signing key': secrets['sign.k1'],
  'the name of the token': 'explain',
  'a signature by it': sign({ key: 'a.jpg', parameters: '', kid: 'explain', secret: token }),
  'as base64 of it': Buffer.from(token).toString('base64'),
  quoted: `"${token}"`,
  'as a list': `${token},${token}`,
  long: token.repeat(400),
}

suite('with a wrong token', () => {
  for (const [name, text] of Object.entries(wrong)) {
    test(`it is as if there was none: ${name}`, async () => {
      let compared = 0
      for (const [url, headers] of urls) {
        const sent = { ...avif, ...headers }
        const plain = await edge.ask(url, sent)
        const answer = await edge.ask(url, { ...sent, 'x-fovea-explain': text })
        const told = JSON.parse(answer.raw)
        // A request goes on with the headers it came with, and no answer of ours holds them.
        if (answer.url !== undefined) {
          assert.equal(told.headers['x-fovea-explain'].value, text)
          delete told.headers['x-fovea-explain']
        }
        assert.equal(JSON.stringify(told), plain.raw)
        compared++
      }
      assert.equal(compared, urls.length)
    })
  }

  test('in the URL or a cookie it is none, were it right', async () => {
    for (const name of ['explain', 'x-fovea-explain', 'token']) {
      assert.equal(
        (await edge.ask(`/a.jpg?width=800&${name}=${token}`)).url,
        '/a.jpg?rev=1&width=800&format=auto',
      )
      const headers = { cookie: `${name}=${token}`, authorization: `Bearer ${token}` }
      assert.equal((await edge.ask('/a.jpg?width=800', headers)).url, '/a.jpg?rev=1&width=800&format=auto')
    }
  })
})

suite('without a token in the store', () => {
  for (const [name, prepare] of Object.entries({
    missing: () => edge.store.values.delete('explain'),
    empty: () => edge.store.values.set('explain', ''),
    'out of reach': () => {
      edge.store.fails = true
    },
  })) {
    test(`nobody is explained anything: ${name}`, async () => {
      for (const text of ['', token, 'undefined', 'null', '[object Object]', '0', ' ']) {
        prepare()
        const answer = await edge.ask('/a.jpg?width=800', { 'x-fovea-explain': text })
        assert.equal(answer.url, '/a.jpg?rev=1&width=800&format=auto', text)
      }
    })
  }

  test('no header, no look-up', async () => {
    await edge.ask('/a.jpg?width=800')
    await edge.ask('/a.jpg?width=800', { 'x-fovea-explain': '' })
    assert.deepEqual(edge.store.lookups, [])
    await edge.ask('/a.jpg?width=800', { 'x-fovea-explain': 'x' })
    assert.deepEqual(edge.store.lookups, ['explain'])
  })
})

test('the explain token signs nothing', async () => {
  for (const kid of ['explain', 'k1']) {
    const url = signUrl({ key: 'secret/a.jpg', parameters: '', kid, secret: token })
    assertRefused(await edge.ask(url), url, ['signature-unknown-key', 'signature-wrong'], [])
  }
})
