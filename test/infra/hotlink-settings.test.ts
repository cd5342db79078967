import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { checkHotlink } from '../../grammar/hotlink.ts'
import { formatPagePattern } from '../../grammar/page-pattern.ts'
import { defineSettings, type GivenSettings, viewerFunctionSettings } from '../../infra/settings.ts'
import { testRefused } from './refused-settings.ts'

/** What the edge function gets. */
function compile(hotlinks: GivenSettings['hotlinks'], more: GivenSettings = {}) {
  return viewerFunctionSettings(defineSettings({ ...more, hotlinks })).hotlinks
}

suite('the setting hotlinks', () => {
  test('is not compiled where it is not set', () => {
    assert.ok(!('hotlinks' in viewerFunctionSettings(defineSettings())))
  })

  test('is compiled without what is the default', () => {
    assert.deepEqual(compile({ hosts: ['a.example'], emptyReferer: 'allow' }), {
      pages: formatPagePattern(['a.example']),
    })
  })

  test('is compiled with all there is', () => {
    const placeholder = '/no hotlinks/ü.png?width=320&x=a?b'
    assert.deepEqual(compile({ hosts: [], emptyReferer: 'refuse-cross-site', placeholder }), {
      pages: formatPagePattern([]),
      strict: true,
      placeholder: '/no%20hotlinks/%C3%BC.png?width=320&x=a?b',
    })
  })

  for (const [given, host] of [
    ['Example.COM', 'example.com'],
    ['example.com.', 'example.com'],
    ['*.Example.com', '*.example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['*.BÜCHER.example', '*.xn--bcher-kva.example'],
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', 'localhost'],
  ] as const) {
    test(`takes ${given} for ${host}, and the edge function lets its pages pass`, () => {
      const hotlinks = compile({ hosts: [given, host] })
      assert.deepEqual(hotlinks, { pages: formatPagePattern([host]) })
      const page = `https://${host.replace('*', 'www')}/page`
      const sent: Record<string, string> = { host: 'images.example', referer: page }
      checkHotlink('/a.jpg', (name) => sent[name] ?? '', { hotlinks })
    })
  }

  test('takes a placeholder elsewhere', () => {
    const placeholder = 'https://static.example/no.png?x=ü'
    assert.equal(compile({ hosts: [], placeholder })?.placeholder, 'https://static.example/no.png?x=%C3%BC')
  })

  const hosts = [
    ...['https://example.com', 'example.com:80', 'example.com/', 'a b', '', '.', '*', '*.', 'a.*.b', '**.a'],
    ...['user@a.example', 'a..b', '[::1]', 'a\nb', 'a%62.example', 'a?b', '#a'],
  ]
  testRefused('hotlinks', [
    ...hosts.map((host) => [{ hosts: [host] }, /expected names of hosts, .* for hotlinks.hosts/] as const),
    [['a.com'], /expected an object.* for hotlinks but received 'Array'/],
    [{}, /expected a list of hosts for hotlinks.hosts but received undefined/],
    [{ hosts: [], host: 'a' }, /for hotlinks but received 'host'/],
    [
      { hosts: [], emptyReferer: 'deny' },
      /expected one of allow, refuse-cross-site for hotlinks.emptyReferer/,
    ],
    ...[
      'no.png',
      '//a.example/no.png',
      '/\\a.example',
      'http://a.example/',
      'data:,',
      '/a#b',
      'https://',
    ].map(
      (placeholder) =>
        [
          { hosts: [], placeholder },
          /expected the path of a picture or an https URL for hotlinks.placeholder/,
        ] as const,
    ),
    [
      { hosts: [], placeholder: '/no.png?width=0' },
      /not itself refused \(bad-value\) for hotlinks.placeholder but received '\/no.png\?width=0'/,
    ],
    [{ hosts: [], placeholder: '/?key=no.png' }, /expected the path of a picture/],
    [{ hosts: [], placeholder: '/no.png?blur=3&crop=1_1_1_1' }, /not itself refused \(needs-signature\)/],
  ])

  const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/x'
  for (const placeholder of [
    'https://img.example.com/no.png',
    'https://IMG.example.com:443/',
    'https://a.cdn.example',
  ]) {
    test(`refuses a placeholder of its own by a URL, from which it would send on to itself: ${placeholder}`, () => {
      const delivery = { domainNames: ['img.example.com', '*.cdn.example'], certificateArn }
      assert.throws(() => compile({ hosts: [], placeholder }, { delivery }), {
        message: /^expected only the path of a picture of this distribution for hotlinks.placeholder/,
      })
      const other = {
        ...delivery,
        domainNames: ['example.com', 'img.example.com.example', '*.img.example.com', 'cdn.example'],
      }
      const { href } = new URL(placeholder)
      assert.equal(compile({ hosts: [], placeholder }, { delivery: other })?.placeholder, href)
    })
  }

  test('refuses a placeholder that needs a signature by its prefix', () => {
    const hotlinks = { hosts: [], placeholder: '/paid/no.png' }
    assert.throws(() => defineSettings({ hotlinks, access: { 'paid/': 'signed' } }), {
      message: /\(needs-signature\) for hotlinks.placeholder/,
    })
  })
})
