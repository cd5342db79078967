import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, suite, test } from 'node:test'
import sharp from 'sharp'
import { synthesizeSettings } from './assembly.ts'
import { createLambdaLog } from './lambda-log.ts'
import {
  accepts,
  closeEdges,
  drawPicture,
  openEdge,
  type Reply,
  type RunningEdge,
  readProblem,
} from './running-edge.ts'

const { log, linesOf } = createLambdaLog()
const hourSeconds = 3600
let assembly: string
let running: RunningEdge

before(() => {
  assembly = synthesizeSettings(new URL('trouble.config.ts', import.meta.url))
})

after(async () => {
  await closeEdges()
  rmSync(assembly, { recursive: true, force: true })
})

const green =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="#0a0" d="M0 0h4v3H0z"/></svg>'

async function open(): Promise<void> {
  running = await openEdge({ assembly, lambdaLog: log, sandboxes: 1 })
}

/** Asks as a page does. */
function ask(target: string, method = 'GET'): Promise<Reply> {
  return running.ask(target, { method, headers: { accept: accepts.webp } })
}

suite('an archived original, where restores are on,', () => {
  before(open)

  test('is refused while a restore is under way, and shown when it is done', async () => {
    running.put('old.jpg', await drawPicture(300, 200).jpeg().toBuffer(), { storageClass: 'GLACIER' })
    const target = '/old.jpg?format=json'
    // A description has no fallback, so the answer is text.
    const first = await ask(target)
    assert.deepEqual([first.status, readProblem(first).code], [403, 'archived'])
    assert.match(
      String(readProblem(first).expected),
      /a restore is under way and typically takes 3 to 5 hours/,
    )
    assert.equal(first.headers['cache-control'], 'public, max-age=60')
    running.advance(61)
    const second = await ask(target)
    assert.deepEqual(readProblem(second), readProblem(first))
    running.advance(5 * hourSeconds)
    assert.equal((await ask('/old.jpg?width=150')).status, 200)
  })

  test('is archived again after the days of the setting', async () => {
    running.advance(2 * 24 * hourSeconds)
    assert.equal((await ask('/old.jpg?width=151')).status, 403)
  })

  test('tells how long the depths of the archive take', async () => {
    running.put('older.jpg', await drawPicture(30, 20).jpeg().toBuffer(), { storageClass: 'DEEP_ARCHIVE' })
    const reply = await ask('/older.jpg?format=thumbhash')
    assert.match(String(readProblem(reply).expected), /typically takes up to 12 hours/)
  })

  test('is one line of log, without metrics where these are off', async () => {
    running.put('oldest.jpg', await drawPicture(30, 20).jpeg().toBuffer(), { storageClass: 'GLACIER' })
    const [report] = await linesOf(() => ask('/oldest.jpg?format=blurhash'), 1)
    assert.deepEqual([report?.outcome, report?.error], ['refused', 'archived'])
  })
})

suite('the fallback', () => {
  before(async () => {
    await open()
    running.put('fallback.svg', green)
    running.put('text.jpg', 'no image')
  })

  for (const [key, status, code] of [
    ['missing.jpg', 404, 'missing'],
    ['text.jpg', 415, 'not-an-image'],
  ] as const) {
    test(`stands for ${key} at its size, with its status`, async () => {
      const reply = await ask(`/${key}?width=200&height=100`)
      assert.deepEqual([reply.status, reply.headers['x-fovea-error']], [status, code])
      assert.equal(reply.headers['content-type'], 'image/svg+xml')
      const { format, width, height } = await sharp(reply.body).metadata()
      assert.deepEqual([format, width, height], ['svg', 200, 100])
      const { data } = await sharp(reply.body).raw().toBuffer({ resolveWithObject: true })
      assert.ok((data[1] ?? 0) > 140 && (data[0] ?? 255) < 60, `rgb(${data.subarray(0, 3).join()})`)
    })
  }

  test('is kept by the edge as the error is, and goes with it', async () => {
    const target = '/late.jpg?width=160'
    assert.equal((await ask(target)).status, 404)
    const runs = running.edge.stats.transformerInvocations
    const again = await ask(target)
    assert.deepEqual([again.status, again.headers['content-type']], [404, 'image/svg+xml'])
    assert.equal(running.edge.stats.transformerInvocations, runs)
    running.put('late.jpg', await drawPicture(200, 100).jpeg().toBuffer())
    running.advance(61)
    assert.equal((await ask(target)).status, 200)
  })

  test('is forgotten by its own tag as well', async () => {
    const reply = await ask('/gone.jpg?width=160')
    const tags = String(reply.headers['x-fovea-tags']).split(',')
    assert.equal(tags.length, 2)
    assert.equal(running.edge.invalidate([`#${tags[1]}`]) >= 1, true)
  })

  test('has no body for HEAD', async () => {
    const reply = await ask('/never.jpg?width=160', 'HEAD')
    assert.deepEqual(
      [reply.status, reply.headers['content-type'], reply.body.length],
      [404, 'image/svg+xml', 0],
    )
    assert.ok(Number(reply.headers['content-length']) > 0)
  })

  test('is reported as the refusal that it is', async () => {
    const [report] = await linesOf(() => ask('/unheard.jpg?width=320'), 1)
    const { outcome, error, status, fallback, format, width } = report ?? {}
    assert.deepEqual(
      [outcome, error, status, fallback, format, width],
      ['refused', 'missing', 404, true, 'svg', 320],
    )
  })
})

suite('the focal point of an original', () => {
  const point = { metadata: { 'focal-point': '0.0_0.5' } }
  let left: Buffer

  before(async () => {
    await open()
    // Red on the left, blue on the right.
    const red = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#d00000' } })
      .png()
      .toBuffer()
    const blue = sharp({ create: { width: 300, height: 100, channels: 3, background: '#0000d0' } })
    left = await blue
      .composite([{ input: red, left: 0, top: 0 }])
      .png()
      .toBuffer()
  })

  /** Red, green and blue in the middle of an answer. */
  async function middleOf({ body }: Reply): Promise<'red' | 'blue'> {
    const { data, info } = await sharp(body).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * 3
    return (data[at] ?? 0) > (data[at + 2] ?? 0) ? 'red' : 'blue'
  }

  test('is what a crop keeps, where the URL does not say', async () => {
    running.put('pointed.png', left, point)
    assert.equal(await middleOf(await ask('/pointed.png?width=100&height=100')), 'red')
    assert.equal(await middleOf(await ask('/pointed.png?aspect=1-1')), 'red')
    assert.equal(await middleOf(await ask('/pointed.png?width=100&height=100&gravity=east')), 'blue')
    assert.equal(await middleOf(await ask('/pointed.png?width=100&height=100&gravity=centre')), 'blue')
  })

  test('changes the ETag of what it crops, and of nothing else', async () => {
    running.put('moved.png', left)
    const targets = ['/moved.png?width=90&height=90', '/moved.png?width=90']
    const before = await Promise.all(targets.map((target) => ask(target)))
    // Metadata alone, as a copy of an object onto itself has it.
    running.describe('moved.png', point)
    running.edge.clearCache()
    const after = await Promise.all(targets.map((target) => ask(target)))
    assert.notEqual(after[0]?.headers.etag, before[0]?.headers.etag)
    assert.equal(after[1]?.headers.etag, before[1]?.headers.etag)
  })

  test('is told by format=json', async () => {
    running.put('told.png', left, { metadata: { 'focal-point': '0.25,1' } })
    const { focalPoint } = JSON.parse((await ask('/told.png?format=json')).body.toString())
    assert.deepEqual(focalPoint, { x: 0.25, y: 1 })
  })
})
