import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { secret } from '../grammar/decision.ts'
import { settings } from '../grammar/url-outcome.ts'
import { askFunction, down, mixed, none, type Pairs, signNow, stored, token } from './ask-function.ts'
import type { FakeStore } from './fake-modules.ts'
import { makeEventOf } from './make-event.ts'
import { loadInVm, readBuiltFunction } from './run-in-vm.ts'

let source: string

before(async () => {
  source = await readBuiltFunction(mixed)
})

suite('explain', () => {
  const explained = [
    '/x.jpg?w=8',
    '/signed/x.jpg',
    '/x.jpg?w=0',
    '/bounded/x.jpg?crop=1_1_5_5',
    '/x.jpg?rev=1&w=8&format=auto',
    '/%',
  ]
  const withToken = (value: string): Pairs => [['X-Fovea-Explain', value]]

  for (const url of explained) {
    test(`tells who holds the token what is thought of ${url}`, async () => {
      const ordinary = await askFunction(source, url)
      const { answer, reads } = await askFunction(source, url, {}, withToken(token))
      const decision = JSON.parse(answer)
      assert.deepEqual(reads, ['get explain'])
      const { status, code } = decision.refusal ?? {}
      assert.equal(code ? `${status} ${code}` : decision.url.query, ordinary.answer)
      assert.equal(typeof decision.verdicts, 'object')
    })

    const others: readonly (readonly [what: string, value: string, store: Partial<FakeStore>])[] = [
      ['a wrong token', `${token.slice(0, -1)}x`, {}],
      ['a token in another case', token.toUpperCase(), {}],
      ['a longer token', `${token}x`, {}],
      ['a shorter token', token.slice(1), {}],
      ['an empty token', '', {}],
      ['an empty token where an empty one is stored', '', { values: { explain: '' } }],
      ['a token where an empty one is stored', token, { values: { explain: '' } }],
      ['a token where none is stored', token, none],
      ['a token while the store is out of reach', token, down],
      ['a signing key', secret, {}],
    ]
    for (const [what, value, store] of others) {
      test(`tells nothing of ${url} for ${what}`, async () => {
        const run = (headers: Pairs) =>
          loadInVm(source, { ...stored, ...store })(JSON.stringify(makeEventOf(url, headers)))
        const [ordinary, other] = [await run([]), await run(withToken(value))].map((json) => {
          const { headers, ...answer } = JSON.parse(json)
          const { 'x-fovea-explain': _sent, ...rest } = headers
          return { ...answer, headers: rest }
        })
        assert.deepEqual(other, ordinary)
      })
    }
  }

  test('is JSON that nobody keeps, of the request, its class and every verdict', async () => {
    const run = loadInVm(source, stored)
    const url = signNow('/signed/x.jpg?w=8&utm=1', { kid: 'old' })
    const event = makeEventOf(url, [
      ['x-fovea-explain', token],
      ['accept', 'image/webp'],
    ])
    const answer = JSON.parse(await run(JSON.stringify(event)))
    assert.equal(answer.statusCode, 200)
    assert.deepEqual(answer.headers, {
      'access-control-allow-origin': { value: '*' },
      'x-content-type-options': { value: 'nosniff' },
      'cache-control': { value: 'no-store' },
      'content-type': { value: 'application/json' },
    })
    const { request, refusal, ...rest } = JSON.parse(answer.body.data)
    assert.deepEqual([request.key, request.parameters.width], ['signed/x.jpg', 8])
    assert.deepEqual(rest, {
      verdicts: { signature: 'signature-unknown-key', bounds: 'needs-signature' },
      kid: 'old',
    })
    assert.equal(refusal.code, 'signature-unknown-key')
  })

  test('reads the store twice for a signed request: key and token', async () => {
    const { answer, reads } = await askFunction(source, signNow('/signed/x.jpg?w=8'), {}, withToken(token))
    assert.deepEqual(reads, ['get sign.main', 'get explain'])
    const { url, kid, verdicts } = JSON.parse(answer)
    assert.deepEqual([url.query, kid, verdicts], ['rev=1&width=8&format=auto', 'main', {}])
  })

  test('lets a hotlinking page be explained rather than refused', async () => {
    const own = await readBuiltFunction({ ...settings, hotlinks: { pages: formatPagePattern(['shop.com']) } })
    const run = loadInVm(own, stored)
    const headers: Pairs = [
      ['referer', 'https://evil.com/'],
      ['host', 'a.example'],
    ]
    const refused = JSON.parse(await run(JSON.stringify(makeEventOf('/x.jpg', headers))))
    assert.deepEqual([refused.statusCode, refused.headers['x-fovea-error'].value], [403, 'hotlink'])
    const event = makeEventOf('/x.jpg', [...headers, ...withToken(token)])
    const answer = JSON.parse(await run(JSON.stringify(event)))
    assert.deepEqual(JSON.parse(answer.body.data).verdicts, { hotlink: 'hotlink' })
  })

  test('leaves the redirect to a placeholder to who has no token', async () => {
    const hotlinks = { pages: formatPagePattern(['shop.com']), placeholder: '/no.png?w=100' }
    const run = loadInVm(await readBuiltFunction({ ...settings, hotlinks }))
    const headers: Pairs = [
      ['referer', 'https://evil.com/'],
      ['host', 'a.example'],
    ]
    const answer = JSON.parse(await run(JSON.stringify(makeEventOf('/x.jpg', headers))))
    assert.equal(answer.statusCode, 302)
    assert.equal(answer.headers.location.value, '/no.png?w=100')
    assert.equal(answer.headers['cache-control'].value, 'no-store')
    const placeholder = JSON.parse(await run(JSON.stringify(makeEventOf('/no.png?w=100', headers))))
    assert.deepEqual([placeholder.uri, placeholder.querystring], ['/no.png', 'rev=1&width=100&format=auto'])
  })
})
