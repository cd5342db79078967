import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import sharp from 'sharp'
import type {
  AskAnswer,
  BurstAnswer,
  LiveSample,
  Setup,
  SignAnswer,
  ViewerEntry,
} from '../../../../edge/playground/api.ts'
import { defaultSettings } from '../../../../grammar/default-settings.ts'
import { openKeyStore } from '../../../../signer/keys/key-store.ts'
import { listKeys, retireKey } from '../../../../signer/keys/signing-keys.ts'
import { closeEdges, readProblem } from '../../running-edge.ts'
import { openPlaygroundEdge, type RunningPlayground } from './running-playground.ts'

let running: RunningPlayground

before(async () => {
  running = await openPlaygroundEdge()
})

after(closeEdges)

function ask(url: string, viewer = 'chrome', more: object = {}): Promise<AskAnswer> {
  return running.callJson('ask', { url, viewer, ...more })
}

function openStore() {
  const access = running.edge.keyValueStore
  assert.ok(access)
  return openKeyStore(access)
}

suite('the playground’s setup', () => {
  test('is that of the deployment', async () => {
    const setup: Setup = await running.callJson('setup')
    assert.deepEqual(setup, {
      access: [['', 'bounded']],
      ladder: defaultSettings.ladder,
      aspects: defaultSettings.aspects,
      presets: {},
      overlayPrefix: '',
      allowedHosts: [],
      maxUploadBytes: 52_428_800,
      writable: true,
    })
  })
})

suite('the playground’s viewers', () => {
  const formats: readonly (readonly [viewer: string, type: string, quality: boolean])[] = [
    ['chrome', 'image/avif', false],
    ['safari', 'image/avif', false],
    ['firefox', 'image/avif', false],
    ['old-browser', 'image/jpeg', false],
    ['curl', 'image/jpeg', false],
    ['save-data', 'image/avif', true],
    ['phone-3x', 'image/avif', false],
  ]

  test('are those that the page has', async () => {
    const viewers: ViewerEntry[] = await running.callJson('viewers')
    assert.deepEqual(
      viewers.map(({ id }) => id),
      formats.map(([id]) => id),
    )
  })

  for (const [viewer, type, low] of formats) {
    test(`has ${viewer} answered ${type}${low ? ' of low quality' : ''}`, async () => {
      const { status, headers, explanation } = await ask('/photo.jpg?width=160', viewer)
      assert.deepEqual([status, headers['content-type']], [200, type])
      assert.equal(headers['x-fovea-key'], explanation.canonical)
      assert.equal(/quality=low/.test(headers['x-fovea-key'] ?? ''), low)
    })
  }

  test('have the widths of their devices and hints', async () => {
    const widths = await Promise.all(
      ['chrome', 'save-data', 'phone-3x'].map(async (viewer) => {
        const { headers, explanation } = await ask('/photo.jpg?width=auto', viewer)
        assert.equal(headers['x-fovea-key'], explanation.canonical, viewer)
        return /width=(\d+)/.exec(headers['x-fovea-key'] ?? '')?.[1]
      }),
    )
    assert.deepEqual(widths, ['1920', '640', '1280'])
    const { headers } = await ask('/photo.jpg?width=160&dpr=auto', 'phone-3x')
    assert.match(headers['x-fovea-key'] ?? '', /width=480/)
  })
})

suite('what the playground asks', () => {
  test('is answered as anyone is, with the picture, what was decided and what it cost', async () => {
    const first = await ask('/photo.jpg?w=320&fm=webp')
    assert.equal(first.status, 200)
    const [, data = ''] = /^data:image\/webp;base64,(.*)$/.exec(first.picture ?? '') ?? []
    const body = Buffer.from(data, 'base64')
    assert.equal(body.length, first.bytes)
    assert.equal((await sharp(body).metadata()).width, 320)
    assert.equal(first.text, undefined)
    assert.ok(first.ms > 0)
    assert.equal(first.explanation.passes, true)
    assert.equal(first.explanation.canonical, '/photo.jpg?rev=1&width=320&format=webp')
    assert.equal(first.after.transformerInvocations - first.before.transformerInvocations, 1)
    const again = await ask('/photo.jpg?w=320&fm=webp')
    assert.equal(again.headers['x-cache'], 'Hit from cloudfront')
    assert.deepEqual([again.after.hits - again.before.hits, again.picture], [1, first.picture])
  })

  test('brings no picture by HEAD', async () => {
    const head = await ask('/photo.jpg?width=320&format=webp', 'chrome', { method: 'HEAD' })
    assert.deepEqual([head.status, head.bytes, head.picture, head.text], [200, 0, undefined, undefined])
    assert.ok(Number(head.headers['content-length']) > 0)
  })

  test('is explained where it is refused, as the edge refuses it', async () => {
    for (const [url, status, code] of [
      ['/photo.jpg?width=9000', 400, 'bad-value'],
      ['/photo.jpg?blur=3', 403, 'needs-signature'],
      ['/../x', 400, 'bad-key'],
      ['/photo.jpg?exp=1&kid=k&sig=x', 403, 'signature-malformed'],
    ] as const) {
      const { text, explanation, ...answer } = await ask(url)
      const problem = JSON.parse(text ?? '')
      assert.deepEqual([answer.status, problem.code], [status, code])
      assert.deepEqual(explanation.refusal, { status, code })
    }
    const missing = await ask('/missing.jpg')
    assert.deepEqual([missing.status, missing.explanation.passes], [404, true])
  })

  test('may be typed as in a browser', async () => {
    running.put(
      'ü x.jpg',
      Buffer.from(
        await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
          .jpeg()
          .toBuffer(),
      ),
    )
    for (const url of [
      '/ü x.jpg?width=160',
      ' /%C3%BC%20x.jpg?width=160#top',
      `${running.edge.url}/ü x.jpg?width=160`,
    ]) {
      const { status, explanation } = await ask(url)
      assert.deepEqual([status, explanation.key], [200, 'ü x.jpg'], url)
    }
  })

  test('is refused where it cannot be asked', async () => {
    for (const body of [
      { url: 'photo.jpg', viewer: 'chrome' },
      { url: '', viewer: 'chrome' },
      { url: 'https://shop.example', viewer: 'chrome' },
      { url: '/_fovea/api/live', viewer: 'chrome' },
      { url: '/_fovea/stats', viewer: 'chrome' },
      { url: '/\ud800.jpg', viewer: 'chrome' },
      { url: 7, viewer: 'chrome' },
      { url: '/photo.jpg', viewer: 'lynx' },
      { url: '/photo.jpg', viewer: '__proto__' },
      { url: '/photo.jpg' },
      { viewer: 'chrome' },
      { url: '/photo.jpg', viewer: 'chrome', method: 'DELETE' },
      { url: '/photo.jpg', viewer: 'chrome', embeddedFrom: 'a b' },
      { url: '/photo.jpg', viewer: 'chrome', embeddedFrom: ['shop.example'] },
      { url: `/${'x'.repeat(20_000)}`, viewer: 'chrome' },
    ]) {
      const reply = await running.call('ask', { body })
      assert.equal(reply.status, 400, JSON.stringify(body).slice(0, 100))
      assert.match(String(readProblem(reply).detail), /^expected .* for \w+ but received /)
    }
  })

  test('may be longer than CloudFront takes, which refuses it', async () => {
    assert.equal((await ask(`/${'x'.repeat(9000)}`)).status, 413)
  })
})

suite('what the playground signs', () => {
  test('passes where nothing unsigned does, until it expires', async () => {
    assert.equal((await ask('/photo.jpg?width=301&blur=3')).status, 403)
    const { url, kid, expiresAt }: SignAnswer = await running.callJson('sign', {
      url: '/photo.jpg?w=301&blur=3',
    })
    assert.match(kid, /^playground-/)
    assert.match(url, /^\/photo\.jpg\?width=301&blur=3&exp=\d+&kid=playground-[\w-]+&sig=[\w-]{43}$/)
    const ahead = Date.parse(expiresAt) - Date.now()
    assert.ok(ahead > 3_000_000 && ahead <= 3_600_000, expiresAt)
    const { status, explanation } = await ask(url)
    assert.deepEqual([status, explanation.signed, explanation.kid], [200, true, kid])
    assert.equal(explanation.checks.find(({ check }) => check === 'signature')?.verdict, 'ok')

    const forged = await ask(url.replace('width=301', 'width=302'))
    assert.deepEqual([forged.status, forged.explanation.refusal?.code], [403, 'signature-wrong'])
    const unknown = await ask(url.replace(kid, 'other'))
    assert.equal(unknown.status, 403)
    assert.equal(unknown.explanation.refusal?.code, JSON.parse(unknown.text ?? '').code)
  })

  test('has expired where that is asked for', async () => {
    for (const seconds of [-3600, -61 - 60]) {
      const { url, expiresAt }: SignAnswer = await running.callJson('sign', {
        url: '/photo.jpg?w=301',
        seconds,
      })
      assert.ok(Date.parse(expiresAt) < Date.now())
      const { status, explanation } = await ask(url)
      assert.deepEqual([status, explanation.refusal?.code], [403, 'signature-expired'])
    }
    // Just now is within what clocks may differ.
    const { url }: SignAnswer = await running.callJson('sign', { url: '/photo.jpg?w=301', seconds: 0 })
    assert.equal((await ask(url)).status, 200)
  })

  test('may have been signed before, and may be canonical', async () => {
    const { url }: SignAnswer = await running.callJson('sign', { url: '/photo.jpg?w=301' })
    const again: SignAnswer = await running.callJson('sign', { url, seconds: 60 })
    assert.equal((await ask(again.url)).status, 200)
    const canonical = '/photo.jpg?rev=1&width=305&format=auto.webp'
    const proved: SignAnswer = await running.callJson('sign', { url: canonical })
    assert.ok(proved.url.startsWith(`${canonical}&exp=`), proved.url)
    assert.equal((await ask(proved.url)).status, 200)
  })

  test('has one key, whoever asks at once, and another when that is retired', async () => {
    const fresh = await openPlaygroundEdge()
    const sign = () => fresh.callJson<SignAnswer>('sign', { url: '/photo.jpg?w=301' })
    const kids = new Set((await Promise.all(Array.from({ length: 8 }, sign))).map(({ kid }) => kid))
    assert.equal(kids.size, 1)
    const access = fresh.edge.keyValueStore
    assert.ok(access)
    const store = openKeyStore(access)
    try {
      assert.deepEqual((await listKeys(store)).kids, [...kids])
      await retireKey(store, [...kids][0] ?? '', { force: true })
      const next = await sign()
      assert.ok(!kids.has(next.kid))
      assert.equal((await fresh.ask(next.url)).status, 200)
    } finally {
      store.close()
    }
  })

  test('is refused where it cannot be signed', async () => {
    for (const body of [
      {},
      { url: 'photo.jpg' },
      { url: '/photo.jpg?width=0' },
      { url: '/a//b.jpg' },
      { url: '/photo.jpg', seconds: 1e9 },
      { url: '/photo.jpg', seconds: 0.5 },
      { url: '/photo.jpg', seconds: '60' },
      { url: '/photo.jpg', seconds: 604_801 },
    ]) {
      const reply = await running.call('sign', { body })
      assert.equal(reply.status, 400, JSON.stringify(body))
      assert.match(String(readProblem(reply).detail), /expected .* for .* but received /)
    }
  })
})

suite('a burst', () => {
  test('runs the transformer once a variant, whoever else asks', async () => {
    const fresh = await openPlaygroundEdge()
    const burst: BurstAnswer = await fresh.callJson('burst', { key: 'photo.jpg', requests: 120, variants: 3 })
    assert.deepEqual([burst.requests, burst.variants, burst.errors], [120, 3, 0])
    assert.equal(burst.transformerInvocations, 3)
    assert.equal(burst.collapsed + burst.hits, 117)
    assert.ok(burst.p50Ms > 0 && burst.p50Ms <= burst.p99Ms && burst.p99Ms <= burst.ms)
    // The second is of other variants: nothing of it is in the cache.
    const second: BurstAnswer = await fresh.callJson('burst', { key: 'photo.jpg', requests: 40 })
    assert.deepEqual([second.variants, second.transformerInvocations], [4, 4])
  })

  test('counts what is answered with an error', async () => {
    const burst: BurstAnswer = await running.callJson('burst', {
      key: 'missing.jpg',
      requests: 20,
      variants: 1,
    })
    assert.equal(burst.errors, 20)
  })

  test('waits for none, and is bounded', async () => {
    const calls = [1, 2].map(() => running.call('burst', { body: { key: 'photo.jpg', requests: 50 } }))
    assert.deepEqual((await Promise.all(calls)).map(({ status }) => status).sort(), [200, 409])
    for (const body of [
      {},
      { key: '../x' },
      { key: 'photo.jpg', requests: 0 },
      { key: 'photo.jpg', requests: 501 },
      { key: 'photo.jpg', variants: 12 },
      { key: 'photo.jpg', requests: 2, variants: 3 },
    ]) {
      assert.equal((await running.call('burst', { body })).status, 400, JSON.stringify(body))
    }
  })
})

suite('the live stream', () => {
  test('tells the counts while someone looks, and to who comes back what it missed', async () => {
    const fresh = await openPlaygroundEdge()
    const first = await listen(fresh, 2)
    await fresh.ask('/photo.jpg?width=160&format=png')
    await fresh.ask('/photo.jpg?width=160&format=png')
    const second = await listen(fresh, 4)
    assert.deepEqual(second.slice(0, 2), first)
    assert.deepEqual(second.at(-1)?.stats, { ...fresh.edge.stats })
    assert.ok((second.at(-1)?.stats.hits ?? 0) >= 1)
    const [earlier, ...later] = second
    assert.ok(earlier && later.every(({ at }) => at > earlier.at))
    const back = await listen(fresh, 2, String(second.at(-2)?.at))
    assert.equal(back[0]?.at, second.at(-1)?.at)
  })

  test('tells the bytes that answers of 200 saved, hits and misses alike, and of nothing else', async () => {
    const fresh = await openPlaygroundEdge()
    const saved = async () =>
      (await listen(fresh, 1, String(Date.now() + 1e9))).at(-1)?.bytesSaved ?? Number.NaN
    assert.equal(await saved(), 0)
    const target = '/photo.jpg?width=160&format=webp'
    const reply = await fresh.ask(target)
    const [, originalBytes] = /original-bytes=(\d+)/.exec(String(reply.headers['x-fovea-variant'])) ?? []
    const each = Number(originalBytes) - reply.body.length
    assert.ok(each > 0)
    await fresh.ask(target)
    await fresh.ask(target, { method: 'HEAD' })
    await fresh.ask(target, { headers: { 'if-none-match': '*' } })
    await fresh.ask(target, { headers: { range: 'bytes=0-9' } })
    await fresh.ask('/missing.jpg?width=160')
    await fresh.ask('/photo.jpg?width=9000')
    // A second has passed since the last sample, or there is none of it.
    await setTimeout(1100)
    assert.equal(await saved(), 2 * each)
  })
})

suite('what the playground tells', () => {
  test('holds no secret of the edge’s', async () => {
    const { url }: SignAnswer = await running.callJson('sign', { url: '/photo.jpg?w=301' })
    const store = openStore()
    const access = running.edge.keyValueStore
    const secrets: string[] = [access?.credentials.secretAccessKey ?? '']
    try {
      for (const name of await store.listNames()) secrets.push((await store.readValue(name)) ?? '')
    } finally {
      store.close()
    }
    assert.ok(secrets.length >= 2 && secrets.every((secret) => secret.length > 20))
    const replies = await Promise.all([
      ...['setup', 'viewers', 'originals'].map((path) => running.call(path)),
      ...[url, `${url}x`, '/photo.jpg?exp=1', '/missing.jpg'].map((each) =>
        running.call('ask', { body: { url: each, viewer: 'chrome' } }),
      ),
      running.call('sign', { body: { url } }),
      running.call('sign', { body: { url: '/photo.jpg?width=x' } }),
      running.call('burst', { body: { key: 'photo.jpg', requests: 2, variants: 1 } }),
      running.ask('/_fovea/'),
      running.ask('/_fovea/page.js'),
      running.ask('/_fovea/stats'),
    ])
    assert.equal(replies.length, 13)
    for (const { headers, body } of replies) {
      assert.ok(body.length > 0)
      const told = `${JSON.stringify(headers)} ${body}`
      for (const secret of secrets) assert.ok(!told.includes(secret), told.slice(0, 200))
    }
  })
})

suite('a playground whose folder has gone', () => {
  test('answers 500 without a stack or a path, and goes on', async () => {
    const originals = mkdtempSync(join(tmpdir(), 'fovea-gone-'))
    const fresh = await openPlaygroundEdge({ originals })
    rmSync(originals, { recursive: true })
    for (const given of [{}, { method: 'PUT', body: 'x' }, { method: 'DELETE' }]) {
      const { status, headers, body } = await fresh.call('originals?key=x.jpg', given)
      assert.deepEqual([status, headers['content-type']], [500, 'application/problem+json'])
      assert.deepEqual(JSON.parse(body.toString()), {
        status: 500,
        title: 'The local edge failed',
        detail: 'Its terminal says how.',
      })
    }
    assert.equal((await fresh.call('setup')).status, 200)
  })
})

/** The first samples of the stream. */
async function listen(
  { edge }: RunningPlayground,
  count: number,
  lastEventId?: string,
): Promise<LiveSample[]> {
  const leave = new AbortController()
  const response = await fetch(`${edge.url}/_fovea/api/live`, {
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    signal: leave.signal,
  })
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  let text = ''
  const samples = () =>
    [...text.matchAll(/^data: (.*)\n\n/gm)].map(([, json = '']): LiveSample => JSON.parse(json))
  assert.ok(response.body)
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (samples().length >= count) break
  }
  leave.abort()
  return samples().slice(0, count)
}
