import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { deriveDeviceHeaders } from '../../../edge/cloudfront/device-headers.ts'

const names = ['mobile', 'tablet', 'desktop'].map((kind) => `cloudfront-is-${kind}-viewer`)

suite('deriveDeviceHeaders', () => {
  const agents: readonly (readonly [kind: string, userAgent: string])[] = [
    ['mobile', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'],
    [
      'mobile',
      'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36',
    ],
    ['mobile', 'Mozilla/5.0 (Android 14; Mobile; rv:121.0) Gecko/121.0 Firefox/121.0'],
    ['tablet', 'Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'],
    ['tablet', 'Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 Chrome/120.0 Safari/537.36'],
    ['desktop', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36'],
    [
      'desktop',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15',
    ],
    ['desktop', 'curl/8.0'],
    ['desktop', ''],
  ]
  for (const [kind, userAgent] of agents) {
    test(`calls it ${kind}, and nothing else: ${userAgent || 'no user agent'}`, () => {
      const expected = names.map((name) => [name, String(name.includes(kind))])
      assert.deepEqual(deriveDeviceHeaders(userAgent, names), Object.fromEntries(expected))
    })
  }

  test('adds only what the origin request policy lists', () => {
    const only = ['cloudfront-is-tablet-viewer', 'cloudfront-viewer-country']
    assert.deepEqual(deriveDeviceHeaders('curl', only), { 'cloudfront-is-tablet-viewer': 'false' })
    assert.deepEqual(deriveDeviceHeaders('curl', []), {})
  })
})
