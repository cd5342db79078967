import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { assertRefused } from './expect.ts'
import { type Edge, type Headers, loadEdge } from './run-edge.ts'
import { signUrl } from './sign.ts'

const host = 'd111111abcdef8.cloudfront.net'
const url = '/open/a.jpg?width=5'
const written = '/open/a.jpg?rev=1&width=5&format=auto'

let edge: Edge

before(async () => {
  edge = await loadEdge({
    hotlinks: { pages: formatPagePattern(['shop.example', '*.shop.example']), strict: true },
  })
})

const ask = (headers: Headers, own = edge) => own.ask(url, { host, ...headers })

suite('a page of another host', () => {
  const pages: readonly string[] = [
    ...[
      'https://evil.example/',
      'https://evil.example',
      'https://evil.example/shop.example/',
      'https://evil.example/?shop.example',
    ],
    ...[
      'https://evil.example/#shop.example',
      'https://evil.example#@shop.example/',
      'https://evil.example?@shop.example/',
    ],
    ...[
      'https://evil.example\\@shop.example/',
      'https://evil.example/@shop.example/',
      'https://evil.example:443#.shop.example',
    ],
    ...[
      'https://shop.example@evil.example/',
      'https://shop.example:80@evil.example/',
      'https://a@shop.example@evil.example',
    ],
    ...[
      'https://shop.example.evil.example/',
      'https://evilshop.example/',
      'https://evil-shop.example',
      'https://shop.example.evil',
    ],
    ...[
      'https://shop.example%2F@evil.example/',
      'https://shop.example%2Eevil.example/',
      'https://shop.example,evil.example/',
    ],
    ...[
      'https://*.shop.example.evil/',
      'https://shop.example../',
      'https://ｓhop.example/',
      'https://shop.exаmple/',
    ],
    ...[
      'http:/shop.example/',
      'https:shop.example',
      'shop.example',
      'null',
      'about:client',
      ' ',
      'https://',
      'https:///',
    ],
    ...[
      'javascript:alert(1)//shop.example',
      'data:text/html,shop.example',
      `https://evil.example/${host}`,
      'https://[::1]/',
    ],
    ...[
      `https://${host}.evil.example/`,
      `https://x.${host}/`,
      'https://evil.example:shop.example/',
      'https://evil.example\0.shop.exampl',
    ],
    `https://${'a.'.repeat(9000)}evil.example/`,
  ]
  for (const page of pages) {
    test(`may not show the picture: ${JSON.stringify(page.slice(0, 60))}`, async () => {
      assertRefused(await ask({ referer: page }), url, ['hotlink'], [])
      assertRefused(await ask({ origin: page }), url, ['hotlink'], [])
      assertRefused(await ask({ referer: page, origin: 'https://shop.example' }), url, ['hotlink'], [])
      // Of several the first counts, as no browser sends them.
      assertRefused(await ask({ referer: [page, 'https://shop.example/'] }), url, ['hotlink'], [])
    })
  }
})

suite('a page of an allowed host', () => {
  for (const page of [
    ...[
      'https://shop.example/',
      'http://shop.example',
      'https://SHOP.example./x?y#z',
      'https://shop.example:8443/evil.example',
    ],
    ...['https://a.b.shop.example/', 'https://user:evil.example@shop.example/', `https://${host}/`],
  ]) {
    test(`may: ${page}`, async () => assert.equal((await ask({ referer: page })).url, written))
  }
})

suite('who does not say where he comes from', () => {
  test('may, but not from another site, where the settings are strict', async () => {
    assert.equal((await ask({})).url, written)
    assert.equal((await ask({ referer: '', origin: '' })).url, written)
    assert.equal((await ask({ 'sec-fetch-site': 'same-site' })).url, written)
    assertRefused(await ask({ 'sec-fetch-site': 'cross-site' }), url, ['hotlink'], [])
    const mild = await loadEdge({ hotlinks: { pages: formatPagePattern([]) } })
    assert.equal((await ask({ 'sec-fetch-site': 'cross-site' }, mild)).url, written)
  })

  test('is not told by what says nothing about the page', async () => {
    const evil = { referer: 'https://evil.example/' }
    for (const name of [
      'x-forwarded-host',
      'forwarded',
      'x-host',
      'x-original-host',
      'x-forwarded-server',
      'via',
    ]) {
      assertRefused(await ask({ ...evil, [name]: 'evil.example' }), url, ['hotlink'], [])
      assertRefused(await ask({ ...evil, [name]: 'host=evil.example' }), url, ['hotlink'], [])
    }
    for (const name of ['referrer', 'x-referer', 'sec-fetch-site', 'sec-fetch-dest', 'origin'])
      assertRefused(await ask({ ...evil, [name]: 'https://shop.example/' }), url, ['hotlink'], [])
  })

  test('is nobody where the request names no host either', async () => {
    assertRefused(await edge.ask(url, { referer: 'null' }), url, ['hotlink'], [])
  })
})

suite('a signature', () => {
  const evil = { host, referer: 'https://evil.example/' }
  test('lifts the rule with embed=any signed, and only then', async () => {
    const embedded = signUrl({ key: 'secret/a.jpg', parameters: 'width=5&embed=any' })
    assert.equal((await edge.ask(embedded, evil)).url, '/secret/a.jpg?rev=1&width=5&format=auto')
    const plain = signUrl({ key: 'secret/a.jpg', parameters: 'width=5' })
    assertRefused(await edge.ask(plain, evil), plain, ['hotlink'], [])
    assertRefused(await edge.ask(`${plain}&embed=any`, evil), plain, ['signature-wrong'], [])
    const open = `${url}&embed=any`
    assertRefused(await edge.ask(open, evil), open, ['hotlink'], [])
    const bounded = '/a.jpg?embed=any'
    assertRefused(await edge.ask(bounded, evil), bounded, ['needs-signature'], [])
  })
})

suite('a placeholder', () => {
  const evil = { host, referer: 'https://evil.example/' }
  test('is shown to all, and nothing else is by its name', async () => {
    const own = await loadEdge({
      hotlinks: { pages: formatPagePattern([]), placeholder: '/open/sorry.png?width=90' },
    })
    assert.equal(
      (await own.ask('/open/sorry.png?width=90', evil)).url,
      '/open/sorry.png?rev=1&width=90&format=auto',
    )
    let moved = 0
    for (const other of [
      ...[
        '/open/a.jpg',
        '/open/sorry.png/',
        '/open/sorry.png%2F..%2Fa.jpg',
        '/?key=open/a.jpg',
        '/open/sorry.png/../a.jpg',
      ],
      ...['/open/sorry.png?key=open/a.jpg', '//open/sorry.png', '/open/sorry.PNG', '/a.jpg?/open/sorry.png'],
    ]) {
      const answer = await own.ask(other, evil)
      assert.equal(answer.url, undefined, other)
      if (answer.status === 302) moved++
      if (answer.status === 302) assert.equal(answer.headers.location, '/open/sorry.png?width=90')
      if (answer.status === 302) assert.equal(answer.headers['cache-control'], 'no-store')
    }
    assert.ok(moved >= 3, `${moved}`)
  })
})
