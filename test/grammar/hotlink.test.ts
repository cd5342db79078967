import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { DecisionSettings } from '../../grammar/decide.ts'
import { checkHotlink, type HotlinkSettings } from '../../grammar/hotlink.ts'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { arbitraryKey } from './arbitrary-request.ts'
import { type Asked, decideUrl, signUrl, verdictOf } from './decision.ts'
import { canonicalOf, checkRejection, settings } from './url-outcome.ts'

type Headers = Readonly<Record<string, string>>

const hosts = ['shop.com', 'www.shop.com', '*.cdn.shop.com', 'xn--bcher-kva.example']
const rules = { pages: formatPagePattern(hosts) }

/** Whether the page that `headers` tell of may show the picture. */
function isAllowed(headers: Headers, given: HotlinkSettings = { hotlinks: rules }): boolean {
  const sent: Headers = { host: 'images.shop.com', ...headers }
  try {
    checkHotlink('/x.jpg', (name) => sent[name] ?? '', given)
    return true
  } catch (thrown) {
    assert.equal(checkRejection(thrown).code, 'hotlink')
    return false
  }
}

const strict = (allowed: readonly string[]): HotlinkSettings => ({
  hotlinks: { pages: formatPagePattern(allowed), strict: true },
})

/** Pages, as a browser names them in Referer or Origin. */
const pages: Readonly<Record<'allowed' | 'refused', readonly string[]>> = {
  allowed: [
    'https://shop.com',
    'https://shop.com/',
    'https://shop.com/a/b?c=d#e',
    'https://shop.com?x',
    'https://shop.com#x',
    'http://shop.com/',
    'https://www.shop.com/',
    // Ports, case, a trailing dot, user and password.
    'https://shop.com:8443/',
    'https://shop.com:/',
    'https://SHOP.com/',
    'https://Shop.Com:443/Path',
    'https://shop.com./',
    'https://shop.com.:8443/',
    'https://evil.com@shop.com/',
    'https://user:password@shop.com/',
    'https://user@evil.com@shop.com/',
    // Any depth below a wildcard.
    'https://a.cdn.shop.com/',
    'https://a.b.cdn.shop.com:81/',
    // A name in other letters is spelt like this by browsers.
    'https://xn--bcher-kva.example/',
    'https://XN--BCHER-KVA.example/',
    // The distribution's own.
    ...['https://images.shop.com/', 'https://images.shop.com:8080/x', 'https://IMAGES.shop.com'],
  ],
  refused: [
    'https://evil.com/',
    // The allowed host, where it is none.
    'https://evil.com/?shop.com',
    'https://evil.com?https://shop.com/',
    ...['/', '#', '#@', '/@', '?@'].map((middle) => `https://evil.com${middle}shop.com`),
    'https://evil.com\\@shop.com',
    'https://evil.com\\.shop.com',
    'https://shop.com@evil.com',
    'https://shop.com:443@evil.com/',
    'https://shop.com:x@evil.com/',
    'https://shop.com.evil.com/',
    'https://shop.com.evil.com:443/',
    'https://evilshop.com/',
    'https://evil-shop.com/',
    'https://shop.com-evil.com/',
    'https://shop.comx/',
    'https://shop.co/',
    'https://xshop.com/',
    'https://api.shop.com/',
    'https://shop.com../',
    'https://shop.com.:443.evil.com/',
    'https://shop%2Ecom/',
    'https://shop。com/',
    // Neither the host of a wildcard itself nor one that only ends like it.
    'https://cdn.shop.com/',
    'https://evilcdn.shop.com/',
    'https://a.cdn.shop.com.evil.com/',
    'https://*.cdn.shop.com.evil.com/',
    // Look-alikes of the name in other letters, and addresses.
    'https://xn--bcher-kva.example.evil.com/',
    'https://xn--shp-6na.com/',
    'https://bücher.example/',
    'https://203.0.113.9/',
    'https://[2001:db8::1]:443/',
    // No URL at all.
    'null',
    'about:blank',
    'shop.com',
    'www.shop.com/x',
    '//',
    'https:',
    'https://',
    'https:///shop.com/',
    'file:///shop.com/x.html',
    // Another scheme: what is no page of the host's own.
    ...['ftp', 'file', 'chrome-extension', 'android-app', 'ws'].map((scheme) => `${scheme}://shop.com/`),
    ...['blob', 'filesystem', 'view-source'].map((scheme) => `${scheme}:https://shop.com/x`),
    'javascript:location="https://shop.com/"',
    'about:srcdoc',
    'data:text/html,shop.com',
    ' ',
  ],
}

suite('a page that names itself', () => {
  for (const [verdict, list] of Object.entries(pages)) {
    for (const page of list) {
      test(`${page} is ${verdict}, by Referer as by Origin`, () => {
        for (const name of ['referer', 'origin']) {
          assert.equal(isAllowed({ [name]: page }), verdict === 'allowed', name)
          // The rule for those who do not say has no part in it.
          const headers = { [name]: page, 'sec-fetch-site': 'cross-site' }
          assert.equal(isAllowed(headers, strict(hosts)), verdict === 'allowed', name)
        }
      })
    }
  }

  test('is believed by its Referer before its Origin', () => {
    assert.ok(isAllowed({ referer: 'https://shop.com/', origin: 'https://evil.com' }))
    assert.ok(!isAllowed({ referer: 'https://evil.com/', origin: 'https://shop.com' }))
    assert.ok(isAllowed({ referer: '', origin: 'https://shop.com' }))
    assert.ok(!isAllowed({ referer: '', origin: 'https://evil.com' }))
  })

  test('is allowed on the very host that is asked, whichever it is', () => {
    for (const host of ['d111.cloudfront.net', 'd111.cloudfront.net:8080', 'localhost:3000']) {
      assert.ok(isAllowed({ host, referer: `https://${host}/page.html` }))
      const name = host.replace(/:.*/, '')
      for (const own of [`${name}:81`, name.toUpperCase(), `${name}.`, `x@${name}`]) {
        assert.ok(isAllowed({ host, referer: `https://${own}/` }), own)
      }
      for (const other of [`${name}.evil.com`, `x${name}`, `${name}@evil.com`, name.slice(1)]) {
        assert.ok(!isAllowed({ host, referer: `https://${other}/` }), other)
      }
    }
  })

  test('is never allowed by a host that only holds an allowed one', () => {
    const label = fc.stringMatching(/^[a-z0-9-]{1,8}$/)
    const property = fc.property(label, label, (before, after) => {
      for (const host of [`${before}shop.com`, `shop.com${after}`, `shop.com.${after}`]) {
        // A wildcard covers what ends like this, and one host is listed.
        fc.pre(!['www.', 'images.'].includes(`${before}.`) && host !== 'shop.com.')
        assert.ok(!isAllowed({ referer: `https://${host}/` }), host)
      }
    })
    fc.assert(property, { numRuns: 500 })
  })

  test('is of no matter where no hosts are listed at all', () => {
    for (const page of [...pages.allowed, ...pages.refused]) {
      assert.ok(isAllowed({ referer: page }, {}))
    }
  })
})

suite('a page that does not name itself', () => {
  const sites = ['', 'none', 'same-origin', 'same-site', 'cross-site', 'Cross-Site', 'unheard-of']
  for (const site of sites) {
    test(`of Sec-Fetch-Site ${site || 'not sent'} is allowed${site === 'cross-site' ? ', but for strict rules' : ''}`, () => {
      const headers = { 'sec-fetch-site': site }
      assert.ok(isAllowed(headers))
      assert.ok(isAllowed(headers, { hotlinks: { pages: formatPagePattern([]), strict: false } }))
      assert.equal(isAllowed(headers, strict(['shop.com'])), site !== 'cross-site')
    })
  }
})

const shop: DecisionSettings = { ...settings, hotlinks: rules }
const evil: Asked = { settings: shop, headers: { referer: 'https://evil.com/' } }

suite('a request from a page that may not show the picture', () => {
  test('is refused, saying why', () => {
    assert.deepEqual(checkRejection(decideUrl('/x.jpg?w=8', evil).refusal), {
      status: 403,
      code: 'hotlink',
      parameter: '',
      expected: 'an allowed page',
      received: 'https://evil.com/',
    })
  })

  test('is refused as a canonical URL too, and by either spelling of its key', () => {
    for (const url of ['/x.jpg?rev=1&format=auto', '/%78.jpg', '/?key=x.jpg']) {
      assert.equal(verdictOf(url, evil), 'refused: 403 hotlink')
    }
  })

  test('is refused although it is signed, unless embed=any is signed with it', () => {
    assert.equal(verdictOf(signUrl('/x.jpg?w=8'), evil), 'refused: 403 hotlink')
    assert.equal(verdictOf('/x.jpg?w=8&embed=any', evil), 'refused: 403 hotlink')
    const added = signUrl('/x.jpg?w=8').replace('&exp=', '&embed=any&exp=')
    assert.equal(verdictOf(added, evil), 'refused: 403 signature-wrong')
    assert.equal(verdictOf(signUrl('/x.jpg?w=8&embed=any'), evil), canonicalOf('/x.jpg?w=8'))
    const expired = signUrl('/x.jpg?w=8&embed=any', { exp: 5 })
    assert.equal(verdictOf(expired, evil), 'refused: 403 signature-expired')
  })

  test('is judged by hotlink rules beside all else, for who asks why', () => {
    assert.deepEqual(decideUrl('/x.jpg?w=0', evil).verdicts.hotlink, 'hotlink')
    const decision = decideUrl('/x.jpg?w=8', evil)
    assert.deepEqual(decision.verdicts, { hotlink: 'hotlink' })
    assert.equal(decision.url?.path, '/x.jpg')
  })

  const placeholders = ['/hotlink.png', '/p/not%20here.png', '/hotlink.png?w=100&f=png']
  for (const placeholder of placeholders) {
    test(`is sent to ${placeholder}, which all pages may show`, () => {
      const asked = { ...evil, settings: { ...shop, hotlinks: { ...rules, placeholder } } }
      assert.equal(verdictOf('/x.jpg?w=8', asked), 'refused: 302 hotlink')
      assert.equal(verdictOf(placeholder, asked), canonicalOf(placeholder))
      // Nothing else is let through by looking like it.
      const [path = ''] = placeholder.split('?')
      for (const other of [
        `${path}x`,
        `/x.jpg?${path}`,
        `/?key=${path.slice(1)}`,
        path.replace('/', '/./'),
      ]) {
        assert.ok(/302 hotlink|400/.test(verdictOf(other, asked)), other)
      }
      assert.equal(verdictOf(`${path}?key=x.jpg`, asked), 'refused: 400 contradiction')
    })
  }

  test('is sent elsewhere, where the placeholder is a URL', () => {
    const placeholder = 'https://shop.com/no.png'
    const asked = { ...evil, settings: { ...shop, hotlinks: { pages: formatPagePattern([]), placeholder } } }
    for (const url of ['/x.jpg', '/no.png', `/${placeholder}`]) {
      assert.match(verdictOf(url, asked), /^refused: (302 hotlink|400 bad-key)$/)
    }
  })

  test('is refused whatever the key, where there is no placeholder', () => {
    fc.assert(
      fc.property(arbitraryKey, (key) => {
        const path = `/${key.split('/').map(encodeURIComponent).join('/')}`
        assert.equal(verdictOf(path, evil), 'refused: 403 hotlink')
      }),
    )
  })
})
