import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type {
  AskAnswer,
  BurstAnswer,
  OriginalEntry,
  Setup,
  SignAnswer,
} from '../../../../edge/playground/api.ts'
import { synthesizeSettings } from '../../assembly.ts'
import { closeEdges, drawPicture } from '../../running-edge.ts'
import { openPlaygroundEdge, type RunningPlayground } from './running-playground.ts'

let assembly: string
let running: RunningPlayground

before(async () => {
  assembly = synthesizeSettings(new URL('guarded.config.ts', import.meta.url))
  running = await openPlaygroundEdge({ assembly })
  const picture = await drawPicture(90, 60).jpeg().toBuffer()
  for (const folder of ['open', 'paid', 'private']) running.put(`${folder}/photo.jpg`, picture)
})

after(async () => {
  await closeEdges()
  rmSync(assembly, { recursive: true, force: true })
})

function ask(url: string, embeddedFrom?: string, viewer = 'firefox'): Promise<AskAnswer> {
  return running.callJson('ask', { url, viewer, embeddedFrom })
}

suite('the playground of a guarded deployment', () => {
  test('tells its settings, not those of the file in this folder', async () => {
    const setup: Setup = await running.callJson('setup')
    assert.deepEqual(setup, {
      access: [
        ['private/', 'closed'],
        ['open/', 'open'],
        ['paid/', 'signed'],
        ['', 'bounded'],
      ],
      ladder: [100, 200, 300],
      aspects: ['1-1', '16-9', '4-3'],
      presets: { card: { width: 120, aspect: '4-3' } },
      overlayPrefix: 'marks/',
      allowedHosts: ['localhost', 'shop.example', '*.press.example'],
      maxUploadBytes: 50_000,
      writable: true,
    })
  })

  const pages: readonly (readonly [page: string | undefined, viewer: string, status: number])[] = [
    [undefined, 'firefox', 200],
    ['shop.example', 'firefox', 200],
    ['http://shop.example/a?b', 'firefox', 200],
    ['a.press.example', 'firefox', 200],
    ['press.example', 'firefox', 403],
    ['thief.example', 'firefox', 403],
    ['thief.example', 'curl', 403],
    ['thief.example/shop.example', 'chrome', 403],
  ]
  for (const [page, viewer, status] of pages) {
    test(`asks as ${viewer} on ${page ?? 'a page of this host'}, which is answered ${status} and explained so`, async () => {
      const answer = await ask('/photo.jpg?width=100', page, viewer)
      assert.equal(answer.status, status)
      assert.equal(answer.explanation.passes, status === 200)
      assert.equal(answer.explanation.refusal?.code, status === 200 ? undefined : 'hotlink')
    })
  }

  test('asks as a page of this host does', async () => {
    const answer = await ask('/photo.jpg?width=100', `${running.edge.url}/page`)
    assert.deepEqual([answer.status, answer.explanation.passes], [200, true])
  })

  test('explains access as the edge decides it', async () => {
    for (const [url, status, mode] of [
      ['/open/photo.jpg?width=77', 200, 'open'],
      ['/photo.jpg?width=77', 200, 'bounded'],
      ['/photo.jpg?preset=card', 200, 'bounded'],
      ['/photo.jpg?width=301', 400, 'bounded'],
      ['/photo.jpg?blur=3', 403, 'bounded'],
      ['/paid/photo.jpg?width=100', 403, 'signed'],
      ['/private/photo.jpg?width=100', 403, 'closed'],
      ['/%70rivate/photo.jpg?width=100', 403, 'closed'],
    ] as const) {
      const { explanation, ...answer } = await ask(url)
      assert.deepEqual([answer.status, explanation.access?.mode], [status, mode], url)
      assert.equal(explanation.passes, status === 200, url)
    }
    const { url }: SignAnswer = await running.callJson('sign', {
      url: '/paid/photo.jpg?width=77',
      seconds: 600,
    })
    const { status, explanation } = await ask(url)
    assert.deepEqual([status, explanation.passes, explanation.signed], [200, true, true])
    assert.equal((await running.call('sign', { body: { url: '/photo.jpg', seconds: 601 } })).status, 400)
  })

  test('has thumbhashes where access is open, bounded or signed', async () => {
    const hashed = async () =>
      (await running.callJson<OriginalEntry[]>('originals'))
        .filter(({ thumbhash }) => thumbhash)
        .map(({ key }) => key)
    for (let look = 0; look < 100 && (await hashed()).length < 3; look++) await setTimeout(100)
    assert.deepEqual(await hashed(), ['open/photo.jpg', 'paid/photo.jpg', 'photo.jpg'])
  })

  test('takes originals up to its own limit, and bursts of its own ladder', async () => {
    const put = (bytes: number) =>
      running.call('originals?key=x.jpg', { method: 'PUT', body: Buffer.alloc(bytes) })
    assert.deepEqual([(await put(50_001)).status, (await put(50_000)).status], [413, 201])
    const burst: BurstAnswer = await running.callJson('burst', { key: 'open/photo.jpg', requests: 30 })
    assert.deepEqual([burst.variants, burst.transformerInvocations, burst.errors], [3, 3, 0])
  })
})
