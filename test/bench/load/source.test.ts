import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { showProgress } from '../../../bench/load/progress.ts'
import { createRecorder } from '../../../bench/load/recorder.ts'
import { playSource, readSource } from '../../../bench/load/source.ts'
import { formatWireRequest } from '../../../bench/load/wire-request.ts'
import { playTrace } from '../../../bench/trace/trace.ts'
import { deriveDeviceHeaders } from '../../../edge/cloudfront/device-headers.ts'

const folder = mkdtempSync(join(tmpdir(), 'fovea-source-'))
const file = join(folder, 'keys.txt')
writeFileSync(file, 'products/chair.jpg\n\n  a b.png \r\n')

after(() => rmSync(folder, { recursive: true }))

const secret = 'a-secret-of-43-characters-that-protects-nothing'

suite('readSource', () => {
  test('reads a key from each line, and the signing key from the environment', async () => {
    assert.deepEqual(await readSource(file, {}), {
      keys: ['products/chair.jpg', 'a b.png'],
      signingKey: undefined,
    })
    const { signingKey } = await readSource(file, { FOVEA_KID: 'k1', FOVEA_SECRET: secret })
    assert.deepEqual(signingKey, { kid: 'k1', secret })
  })

  test('refuses no file, no keys, and half of a signing key, whose secret it does not repeat', async () => {
    await assert.rejects(readSource(undefined, {}), /expected --originals FILE/)
    const empty = join(folder, 'empty.txt')
    writeFileSync(empty, '\n')
    await assert.rejects(readSource(empty, {}), /expected a key in each line/)
    await assert.rejects(readSource(file, { FOVEA_KID: 'k1' }), /both FOVEA_KID and FOVEA_SECRET/)
    await assert.rejects(readSource(file, { FOVEA_SECRET: secret }), (error: Error) => {
      return /both FOVEA_KID/.test(error.message) && !error.message.includes(secret)
    })
  })
})

suite('playSource', () => {
  test('asks for the keys that it is given, encoded as browsers do, and for what nobody has', () => {
    const requests = [...playSource({ keys: ['a b.png', 'ü/#1?.jpg'] }, 2000, 60, 1)]
    assert.equal(requests.length, 2000)
    const paths = new Set(
      requests.filter(({ intent }) => intent !== 'missing').map(({ target }) => target.split('?')[0]),
    )
    assert.deepEqual([...paths].sort(), ['/%C3%BC/%231%3F.jpg', '/a%20b.png'])
    const intents = new Set(requests.map(({ intent }) => intent))
    assert.deepEqual([...intents].sort(), ['forged', 'hotlink', 'invalid', 'missing', 'picture'])
    assert.ok(requests.some(({ target }) => target.startsWith('/wp-content/uploads/')))
  })

  test('signs with the key that it is given alone', () => {
    const signed = (requests: Iterable<{ target: string; intent: string }>) =>
      [...requests].filter(({ target, intent }) => intent === 'picture' && target.includes('sig=')).length
    assert.equal(signed(playSource({ keys: ['x.jpg'] }, 500, 60, 1)), 0)
    assert.ok(signed(playSource({ keys: ['x.jpg'], signingKey: { kid: 'k1', secret } }, 500, 60, 1)) > 10)
  })
})

suite('formatWireRequest', () => {
  test('has the edge find the very device that the trace has', () => {
    const names = ['mobile', 'tablet', 'desktop'].map((kind) => `cloudfront-is-${kind}-viewer`)
    const seen = new Set<string>()
    for (const request of playTrace({ requests: 300, originals: 10 })) {
      const { headers } = formatWireRequest(request)
      const derived = deriveDeviceHeaders(headers['user-agent'] ?? '', names)
      const kind = names.find((name) => request.headers[name] === 'true') as string
      assert.equal(derived[kind], 'true')
      seen.add(kind)
      assert.ok(Object.keys(headers).every((name) => name !== 'host' && !name.startsWith('cloudfront-')))
    }
    assert.equal(seen.size, 3)
  })
})

suite('showProgress', () => {
  test('writes nothing but to a terminal, and there a line a second until it is stopped', async (context) => {
    context.mock.timers.enable({ apis: ['setInterval'] })
    const lines: string[] = []
    const screen = (isTTY: boolean) => ({ isTTY, write: (text: string) => lines.push(text) })
    showProgress('trace', createRecorder(), screen(false))
    context.mock.timers.tick(3000)
    assert.equal(lines.length, 0)
    const stop = showProgress('trace', createRecorder(), screen(true))
    context.mock.timers.tick(3000)
    assert.equal(lines.length, 3)
    assert.match(lines[2] ?? '', /^trace +3 s +offered 0\/s +served 0\/s +hits 0\.0 % +p99 0\.0 ms\n$/)
    stop()
    context.mock.timers.tick(3000)
    assert.equal(lines.length, 3)
  })
})
