import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import { formatCacheTag } from '../../grammar/cache-tag.ts'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { withOverlay } from '../../transformer/original/laid-over.ts'
import type { Original, Originals } from '../../transformer/original/originals.ts'
import { TransformError } from '../../transformer/transform-error.ts'
import { makePhotograph } from '../images/photograph.ts'
import { createTransformer, settings as defaults, makeEvent, problemOf, receive } from './run.ts'

const settings = { overlays: 'marks/' }
const given = { width: 60, overlay: 'marks/one.png', format: 'webp' } as const satisfies VariantParameters
const [early, late] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-06-01T00:00:00Z')]

let photo: Original
let mark: Original

before(async () => {
  const create = { width: 20, height: 10, channels: 3, background: '#c02010' } as const
  photo = {
    bytes: await makePhotograph(120, 80).jpeg().toBuffer(),
    etag: '"photo"',
    lastModified: early,
    focalPoint: '0.10_0.10',
  }
  mark = { bytes: await sharp({ create }).png().toBuffer(), etag: '"mark"', lastModified: late }
})

const open = (changed: { photo?: Partial<Original>; mark?: Partial<Original> } = {}) =>
  createTransformer(
    { 'photo.jpg': { ...photo, ...changed.photo }, 'marks/one.png': { ...mark, ...changed.mark } },
    { settings },
  )

suite('the answer of a variant with an overlay', () => {
  test('has an ETag of original and overlay', async () => {
    const { headers } = await open().get('photo.jpg', given)
    const again = await open().get('photo.jpg', given)
    assert.equal(again.headers.etag, headers.etag)
    const others = [{ mark: { etag: '"other"' } }, { photo: { etag: '"other"' } }]
    const etags = await Promise.all(
      others.map(async (changed) => (await open(changed).get('photo.jpg', given)).headers.etag),
    )
    assert.equal(new Set([headers.etag, ...etags]).size, 3)
    // One for the other is another picture.
    const swapped = await open({ mark: { etag: '"photo"' }, photo: { etag: '"mark"' } }).get(
      'photo.jpg',
      given,
    )
    assert.notEqual(swapped.headers.etag, headers.etag)
  })

  test('has the ETag of the original alone where nothing is laid over it', async () => {
    const plain = { width: 60, format: 'webp' } as const
    const { headers } = await open().get('photo.jpg', plain)
    const other = await open({ mark: { etag: '"other"' } }).get('photo.jpg', plain)
    assert.equal(other.headers.etag, headers.etag)
  })

  test('is as old as the younger of both', async () => {
    const dates = [{}, { photo: { lastModified: late }, mark: { lastModified: early } }].map(
      async (changed) => (await open(changed).get('photo.jpg', given)).headers['last-modified'],
    )
    assert.deepEqual(await Promise.all(dates), [late.toUTCString(), late.toUTCString()])
    const undated = await open({ mark: { lastModified: undefined } }).get('photo.jpg', given)
    assert.equal(undated.headers['last-modified'], undefined)
  })

  test('has the cache tags of both, of its errors too', async () => {
    const tags = `${formatCacheTag('photo.jpg')},${formatCacheTag('marks/one.png')}`
    assert.equal((await open().get('photo.jpg', given)).headers['x-fovea-tags'], tags)
    const none = await createTransformer({ 'photo.jpg': photo }, { settings }).get('photo.jpg', given)
    assert.deepEqual([none.status, none.headers['x-fovea-tags']], [404, tags])
    const text = await open({ mark: { bytes: Buffer.from('text') } }).get('photo.jpg', given)
    assert.deepEqual([text.status, text.headers['x-fovea-tags']], [415, tags])
  })

  test('that is a fallback goes with each of three', async () => {
    const pictures = { 'photo.jpg': photo, 'fallback.jpg': photo }
    const transformer = createTransformer(pictures, {
      settings: { ...settings, fallbackKey: 'fallback.jpg' },
    })
    const { status, headers } = await transformer.get('photo.jpg', given)
    assert.deepEqual([status, headers['content-type']], [404, 'image/webp'])
    assert.equal(
      headers['x-fovea-tags'],
      ['photo.jpg', 'marks/one.png', 'fallback.jpg'].map(formatCacheTag).join(),
    )
  })

  test('tells the original’s bytes and size, not the overlay’s', async () => {
    const variant = (await open().get('photo.jpg', given)).headers['x-fovea-variant'] ?? ''
    assert.match(
      variant,
      new RegExp(`original-width=120, original-height=80, original-bytes=${photo.bytes.length}$`),
    )
  })

  test('keeps the original’s focal point', async () => {
    const cropped = { ...given, width: 40, height: 40 }
    const [one, other] = await Promise.all([
      open().get('photo.jpg', cropped),
      open({ photo: { focalPoint: '0.90_0.90' } }).get('photo.jpg', cropped),
    ])
    assert.ok(!one.body.equals(other.body))
    const same = await open({ mark: { focalPoint: '0.90_0.90' } }).get('photo.jpg', cropped)
    assert.ok(one.body.equals(same.body))
    assert.equal(one.headers.etag, same.headers.etag)
  })
})

suite('If-None-Match of a variant with an overlay', () => {
  test('is answered 304 without reading either', async () => {
    const transformer = open()
    const first = await transformer.get('photo.jpg', given)
    const readsBefore = transformer.reads.length
    const again = await transformer.get('photo.jpg', given, { 'if-none-match': first.headers.etag ?? '' })
    assert.deepEqual([again.status, again.body.length, transformer.reads.length], [304, 0, readsBefore])
    for (const name of ['etag', 'last-modified', 'x-fovea-tags', 'cache-control']) {
      assert.equal(again.headers[name], first.headers[name], name)
    }
  })

  for (const changed of ['photo', 'mark'] as const) {
    test(`is answered in full when the ${changed} is another`, async () => {
      const { headers } = await open().get('photo.jpg', given)
      const other = open({ [changed]: { etag: '"other"' } })
      const again = await other.get('photo.jpg', given, { 'if-none-match': headers.etag ?? '' })
      assert.equal(again.status, 200)
    })
  }

  test('is answered 404 when the overlay is gone', async () => {
    const { headers } = await open().get('photo.jpg', given)
    const gone = createTransformer({ 'photo.jpg': photo }, { settings })
    const again = await gone.get('photo.jpg', given, { 'if-none-match': headers.etag ?? '' })
    assert.equal(again.status, 404)
  })
})

suite('the overlay', () => {
  test('is read beside the original, both at once, under a limit of its own', async () => {
    const reads: [string, number | undefined][] = []
    let waiting = 0
    let together = 0
    const originals: Originals = {
      async read(key, _signal, maxBytes) {
        reads.push([key, maxBytes])
        together = Math.max(together, ++waiting)
        await new Promise((resolve) => setTimeout(resolve, 20))
        waiting--
        return key === 'photo.jpg' ? photo : mark
      },
      describe: () => assert.fail('nothing asked whether it has changed'),
    }
    const transformer = createTransformer({}, { settings: { ...settings, maxOverlayBytes: 4321 }, originals })
    assert.equal((await transformer.get('photo.jpg', given)).status, 200)
    assert.deepEqual(reads, [
      ['photo.jpg', undefined],
      ['marks/one.png', 4321],
    ])
    assert.equal(together, 2)
  })

  test('that is too large is answered 415 over-limit', async () => {
    const originals: Originals = {
      async read(key, _signal, maxBytes = defaults.maxSourceBytes) {
        const { bytes } = key === 'photo.jpg' ? photo : mark
        if (bytes.length <= maxBytes) return key === 'photo.jpg' ? photo : mark
        throw new TransformError('over-limit', `an original of at most ${maxBytes} bytes`, `${bytes.length}`)
      },
      describe: () => assert.fail('nothing asked whether it has changed'),
    }
    const limited = (maxOverlayBytes: number) =>
      createTransformer({}, { settings: { ...settings, maxOverlayBytes }, originals })
    const received = await limited(mark.bytes.length - 1).get('photo.jpg', given)
    assert.deepEqual([received.status, problemOf(received).code], [415, 'over-limit'])
    assert.equal((await limited(mark.bytes.length).get('photo.jpg', given)).status, 200)
  })

  test('of a direct invocation is held to the prefix as well', async () => {
    const { invoke } = open()
    const ask = async (overlay: string) =>
      receive(await invoke({ queryStringParameters: { key: 'photo.jpg', w: '60', f: 'webp', overlay } }))
    assert.equal((await ask('marks/one.png')).status, 200)
    for (const overlay of ['photo.jpg', 'mark', 'MARKS/one.png']) {
      const received = await ask(overlay)
      assert.deepEqual([received.status, problemOf(received).code], [403, 'forbidden'], overlay)
    }
    for (const overlay of ['', '/marks/one.png', 'marks/../photo.jpg', 'marks//one.png']) {
      const received = await ask(overlay)
      assert.deepEqual([received.status, problemOf(received).code], [400, 'bad-key'], overlay)
    }
  })

  test('may come from a preset of a direct invocation', async () => {
    const presets = { sold: { overlay: 'marks/one.png', 'overlay-opacity': 50 } } as const
    const transformer = createTransformer(open().pictures, { settings: { ...settings, presets } })
    const result = await transformer.invoke({ queryStringParameters: { key: 'photo.jpg', preset: 'sold' } })
    assert.equal(result.statusCode, 200)
    assert.match(result.headers['x-fovea-key'] ?? '', /&overlay=marks\/one\.png&overlay-opacity=50&/)
  })

  test('is in no line of the log', async () => {
    const transformer = open()
    await transformer.get('photo.jpg', given)
    await transformer.get('photo.jpg', { ...given, overlay: 'marks/none.png' })
    assert.equal(transformer.reports.length, 2)
    const [made, refused] = transformer.reports
    assert.deepEqual([made?.outcome, refused?.outcome], ['made', 'refused'])
    assert.doesNotMatch(JSON.stringify(transformer.reports), /marks/)
  })

  test('that is not canonical is refused', async () => {
    const { invoke } = open()
    for (const query of [
      'width=60&overlay=marks/one.png&overlay-gravity=centre&format=webp',
      'width=60&overlay=marks/one.png&overlay-opacity=100&format=webp',
      'width=60&overlay-width=20&format=webp',
      'width=60&overlay-width=20&overlay=marks/one.png&format=webp',
      'width=60&overlay=marks~2Fone.png&format=webp',
    ]) {
      const received = receive(await invoke(makeEvent(`/photo.jpg?rev=1&${query}`)))
      assert.deepEqual([received.status, problemOf(received).code], [400, 'not-canonical'], query)
    }
  })
})

suite('withOverlay', () => {
  test('changes nothing of an original without one', () => {
    assert.equal(withOverlay(photo, undefined), photo)
  })

  test('gives the bytes of the overlay beside those of the original', () => {
    const both = withOverlay(photo, mark)
    assert.deepEqual([both.bytes, both.overlay], [photo.bytes, mark.bytes])
    assert.deepEqual(photo.overlay, undefined)
  })
})
