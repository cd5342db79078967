import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readTarget } from '../../../bench/load/target.ts'

/** Names as a name server would have them. */
const names: Readonly<Record<string, string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'edge.test': ['127.0.0.1'],
  'localhost.evil.com': ['203.0.113.7'],
  '127.0.0.1.evil.com': ['203.0.113.7'],
  'evil.com': ['203.0.113.7'],
  'both.test': ['127.0.0.1', '203.0.113.7'],
  'd111111abcdef8.cloudfront.net': ['203.0.113.8', '2001:db8::1'],
}

async function resolve(hostname: string): Promise<string[]> {
  const found = names[hostname]
  if (!found) throw new Error('ENOTFOUND')
  return found
}

suite('readTarget', () => {
  for (const [text, addresses] of [
    ['http://localhost:8080', ['127.0.0.1', '::1']],
    ['http://127.0.0.1:8080', ['127.0.0.1']],
    ['http://127.8.9.10', ['127.8.9.10']],
    ['http://[::1]:8080', ['::1']],
    ['http://[::ffff:127.0.0.1]', ['::ffff:7f00:1']],
    // As URLs are read, these are 127.0.0.1.
    ['http://2130706433', ['127.0.0.1']],
    ['http://0x7f.1', ['127.0.0.1']],
    ['http://edge.test', ['127.0.0.1']],
  ] as const) {
    test(`takes ${text}, and keeps to the addresses that it has now`, async () => {
      const target = await readTarget(text, false, resolve)
      assert.deepEqual([target.local, target.addresses], [true, addresses])
    })
  }

  for (const text of [
    'https://d111111abcdef8.cloudfront.net',
    'http://localhost.evil.com',
    'http://127.0.0.1.evil.com',
    'http://both.test',
    'http://unknown.test',
    'http://0.0.0.0:8080',
    'http://192.168.1.1',
    'http://3232235777',
    'http://169.254.169.254',
    'http://[::ffff:8.8.8.8]',
    'http://[2001:db8::1]',
  ]) {
    test(`refuses ${text} unless it is owned`, async () => {
      await assert.rejects(readTarget(text, false, resolve), /expected this machine .* say --i-own-this/)
      const owned = await readTarget(text, true, resolve)
      assert.deepEqual([owned.local, owned.addresses], [false, undefined])
    })
  }

  for (const text of [
    'http://127.0.0.1@evil.com',
    'http://localhost:8080@evil.com',
    'http://localhost:80/path',
    'http://localhost?x=1',
    'ftp://localhost',
    'localhost:8080',
    'file:///etc/passwd',
    '',
  ]) {
    test(`refuses '${text}', owned or not`, async () => {
      for (const owned of [false, true]) {
        await assert.rejects(
          readTarget(text, owned, resolve),
          /expected http:\/\/HOST:PORT or https:\/\/HOST/,
        )
      }
    })
  }
})
