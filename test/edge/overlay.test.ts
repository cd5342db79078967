import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, suite, test } from 'node:test'
import sharp from 'sharp'
import { assertNear, decode } from '../images/pixels.ts'
import { synthesizeSettings } from './assembly.ts'
import {
  accepts,
  closeEdges,
  drawPicture,
  openEdge,
  type Reply,
  type RunningEdge,
  readProblem,
} from './running-edge.ts'

const ink = [230, 40, 20]
let assembly: string
let running: RunningEdge

before(async () => {
  assembly = synthesizeSettings(new URL('overlay.config.ts', import.meta.url))
  running = await openEdge({ assembly, sandboxes: 1 })
  const [r = 0, g = 0, b = 0] = ink
  const mark = await sharp({ create: { width: 40, height: 40, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer()
  for (const key of ['marks/ink.png', 'private/ink.png', 'open/ink.png']) running.put(key, mark)
  running.put(
    'marks/ink.svg',
    `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path fill="rgb(${ink})" d="M0 0h40v40H0z"/></svg>`,
  )
  running.put('open/photo.jpg', await drawPicture(600, 400).jpeg().toBuffer())
})

after(async () => {
  await closeEdges()
  rmSync(assembly, { recursive: true, force: true })
})

const ask = (target: string, headers: Record<string, string> = {}): Promise<Reply> =>
  running.ask(target, { headers: { accept: accepts.webp, ...headers } })

suite('an overlay, from URL to pixels,', () => {
  test('is laid over the picture once, and kept with it', async () => {
    const target = '/open/photo.jpg?w=200&overlay=marks/ink.png&overlay-width=50&overlay-gravity=se'
    const first = await ask(target)
    assert.deepEqual([first.status, first.headers['content-type']], [200, 'image/webp'])
    assertNear((await decode(first.body)).at(0.9, 0.9), ink, 12)
    const runs = running.edge.stats.transformerInvocations
    const again = await ask(
      '/open/photo.jpg?overlay-gravity=southeast&overlay=marks%2Fink.png&overlay-width=50&w=200',
    )
    assert.deepEqual([again.status, again.headers['x-cache']], [200, 'Hit from cloudfront'])
    assert.ok(again.body.equals(first.body))
    assert.equal(running.edge.stats.transformerInvocations, runs)
    assert.equal((await ask(target, { 'if-none-match': String(first.headers.etag) })).status, 304)
  })

  test('that is a drawing is drawn apart', async () => {
    const reply = await ask('/open/photo.jpg?w=200&overlay=marks/ink.svg&overlay-width=50&overlay-gravity=se')
    assert.equal(reply.status, 200)
    assertNear((await decode(reply.body)).at(0.9, 0.9), ink, 12)
  })

  test('goes with the cache tag of either', async () => {
    const target = '/open/photo.jpg?w=120&overlay=marks/ink.png'
    const tags = String((await ask(target)).headers['x-fovea-tags']).split(',')
    assert.equal(tags.length, 2)
    for (const tag of tags) {
      assert.match(String((await ask(target)).headers['x-cache']), /Hit/)
      assert.ok(running.edge.invalidate([`#${tag}`]) >= 1)
      assert.match(String((await ask(target)).headers['x-cache']), /Miss/)
    }
  })

  test('that comes of a preset is anyone’s, and one by name is not', async () => {
    const reply = await ask('/photo.jpg?preset=sold&w=300')
    assert.equal(reply.status, 200)
    assertNear((await decode(reply.body)).at(0.9, 0.9), ink, 12)
    const named = await ask('/photo.jpg?w=300&overlay=marks/ink.png')
    assert.deepEqual([named.status, readProblem(named).code], [403, 'needs-signature'])
  })

  test('that is missing is 404, with the tags of both', async () => {
    const reply = await ask('/open/photo.jpg?w=120&overlay=marks/none.png')
    assert.deepEqual([reply.status, readProblem(reply).code], [404, 'missing'])
    assert.equal(String(reply.headers['x-fovea-tags']).split(',').length, 2)
  })
})

suite('what lies outside the prefix', () => {
  test('is refused at the edge, without a run of the transformer', async () => {
    const runs = running.edge.stats.transformerInvocations
    for (const overlay of [
      'private/ink.png',
      'private%2Fink.png',
      '%70rivate/ink.png',
      'open/ink.png',
      'photo.jpg',
      'marks/../private/ink.png',
      'marks/..%2Fprivate/ink.png',
      '/private/ink.png',
    ]) {
      for (const key of ['open/photo.jpg', 'photo.jpg']) {
        const reply = await ask(`/${key}?overlay=${overlay}`)
        assert.equal(reply.status, 400, overlay)
        assert.deepEqual([readProblem(reply).parameter], ['overlay'])
        assert.match(String(readProblem(reply).code), /^bad-(value|key)$/)
      }
      const canonical = await ask(`/open/photo.jpg?rev=1&overlay=${overlay.replaceAll('%', '~')}&format=auto`)
      assert.equal(canonical.status, 400, overlay)
    }
    assert.equal(running.edge.stats.transformerInvocations, runs)
  })

  test('stays CloudFront’s to give, by its own URL too', async () => {
    const reply = await ask('/private/ink.png')
    assert.equal(reply.status, 403)
    assert.match(reply.body.toString(), /MissingKey/)
    // Nor does a picture behind it become a way to others.
    assert.equal((await ask('/private/ink.png?overlay=marks/ink.png')).status, 403)
  })
})
