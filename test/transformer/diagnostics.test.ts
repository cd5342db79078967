import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { readSettings } from '../../transformer/settings.ts'
import { makePhotograph } from '../images/photograph.ts'
import { createTransformer, imageOf, makeEvent, type Received, receive, urlOf } from './run.ts'

const diagnostics = ['x-fovea-key', 'x-fovea-variant', 'server-timing']
const talkative = createTransformer()
const silent = createTransformer(talkative.pictures, { settings: { diagnostics: false } })

before(async () => {
  talkative.pictures['x.jpg'] = await makePhotograph(120, 80).jpeg().toBuffer()
  talkative.pictures['text.jpg'] = Buffer.from('no image')
})

/** The answers of both to the same request. */
async function askBoth(key: string, headers?: Record<string, string>): Promise<[Received, Received]> {
  const event = makeEvent(urlOf(key, { width: 60, format: 'webp' }), 'GET', headers)
  return [receive(await talkative.invoke(event)), receive(await silent.invoke(event))]
}

/** The names of `received`'s headers that the other answer does not have. */
function namesBeyond(received: Received, other: Received): string[] {
  return Object.keys(received.headers).filter((name) => !(name in other.headers))
}

suite('answers without diagnostics', () => {
  test('are the same pictures with fewer headers', async () => {
    const [full, bare] = await askBoth('x.jpg')
    assert.deepEqual(imageOf(bare), imageOf(full))
    assert.deepEqual(namesBeyond(full, bare).sort(), [...diagnostics].sort())
    assert.deepEqual(namesBeyond(bare, full), [])
    assert.ok(bare.headers['x-fovea-tags'])
    assert.equal(bare.headers.etag, full.headers.etag)
  })

  test('are the same 304', async () => {
    const [{ headers }] = await askBoth('x.jpg')
    const [full, bare] = await askBoth('x.jpg', { 'if-none-match': headers.etag ?? '' })
    assert.deepEqual([full.status, bare.status], [304, 304])
    assert.deepEqual(namesBeyond(full, bare), ['x-fovea-key'])
  })

  for (const [key, code] of [
    ['missing.jpg', 'missing'],
    ['text.jpg', 'not-an-image'],
  ] as const) {
    test(`keep the code of an error and the tags: ${code}`, async () => {
      const [full, bare] = await askBoth(key)
      assert.equal(bare.headers['x-fovea-error'], code)
      assert.ok(bare.headers['x-fovea-tags'])
      assert.deepEqual(namesBeyond(full, bare), ['x-fovea-key'])
    })
  }
})

suite('FOVEA_DIAGNOSTICS', () => {
  for (const [value, expected] of [
    [undefined, true],
    ['', true],
    ['on', true],
    ['off', false],
  ] as const) {
    test(`of ${JSON.stringify(value)} is ${expected}`, () => {
      const { diagnostics } = readSettings({ IMAGE_BUCKET: 'a', FOVEA_DIAGNOSTICS: value })
      assert.equal(diagnostics, expected)
    })
  }

  for (const value of ['true', 'no', 'OFF']) {
    test(`of ${value} is refused`, () => {
      assert.throws(() => readSettings({ IMAGE_BUCKET: 'a', FOVEA_DIAGNOSTICS: value }), {
        message: `expected on or off for FOVEA_DIAGNOSTICS but received "${value}"`,
      })
    })
  }
})
