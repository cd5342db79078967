import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import sharp from 'sharp'
import { type OriginErrorCode, originalsFaults, originErrors } from '../../grammar/origin-errors.ts'
import type { VariantParameters } from '../../grammar/parameters.ts'
import { planFallback } from '../../transformer/fallback.ts'
import type { Originals } from '../../transformer/original/originals.ts'
import { TransformError } from '../../transformer/transform-error.ts'
import { makeAnimation } from '../images/animation.ts'
import { drawEdge } from '../images/drawing.ts'
import { makePhotograph } from '../images/photograph.ts'
import { createTransformer, makeEvent, problemOf, type Received, receive, urlOf } from './run.ts'

const settings = { fallbackKey: 'fallback.png' }
const transformer = createTransformer({}, { settings })
const { get, invoke, pictures, reports } = transformer

before(async () => {
  pictures['fallback.png'] = await makePhotograph(90, 60).png().toBuffer()
  pictures['photo.jpg'] = await makePhotograph(300, 200).jpeg().toBuffer()
  pictures['moving.gif'] = await makeAnimation('gif', 40, 30)
  pictures['text.jpg'] = Buffer.from('no image')
})

async function describe({ body }: Received) {
  const { format, width, height } = await sharp(body).metadata()
  return { format, width, height }
}

const webp = { width: 160, height: 120, format: 'webp' } as const

suite('the fallback', () => {
  for (const code of Object.keys(originErrors) as OriginErrorCode[]) {
    const faulty = originalsFaults.some((each) => each === code)
    test(`${faulty ? 'is shown for' : 'is not shown for'} ${code}`, async () => {
      const png = await makePhotograph(90, 60).png().toBuffer()
      const originals: Originals = {
        async read(key) {
          if (key === 'fallback.png') return { bytes: png, etag: '"f"' }
          throw new TransformError(code, 'this', 'that')
        },
        describe: () => assert.fail('nothing asked whether it has changed'),
      }
      const failing = createTransformer({}, { settings, originals })
      const received = await failing.get('x.jpg', webp)
      const { status, maxAgeSeconds } = originErrors[code]
      assert.equal(received.status, status)
      assert.equal(received.headers['x-fovea-error'], code)
      const kept = maxAgeSeconds ? `public, max-age=${maxAgeSeconds}` : 'no-store'
      assert.equal(received.headers['cache-control'], kept)
      assert.equal(received.headers.etag, undefined)
      assert.match(String(received.headers['content-security-policy']), /sandbox/)
      if (faulty) {
        assert.deepEqual(await describe(received), { format: 'webp', width: 160, height: 120 })
        assert.equal(received.headers['content-type'], 'image/webp')
        assert.equal(received.headers['x-robots-tag'], 'noindex')
      } else {
        assert.equal(problemOf(received).code, code)
        assert.equal(received.headers['content-type'], 'application/problem+json')
      }
    })
  }

  test('has the tags of both originals, so that it goes with either', async () => {
    const tags = String((await get('missing.jpg', webp)).headers['x-fovea-tags']).split(',')
    const [own] = String((await get('photo.jpg', webp)).headers['x-fovea-tags']).split(',')
    assert.equal(tags.length, 2)
    const [fallback] = String((await get('fallback.png', webp)).headers['x-fovea-tags']).split(',')
    assert.equal(tags[1], fallback)
    assert.ok(!tags.includes(String(own)))
  })

  const shapes: readonly (readonly [given: VariantParameters, expected: object])[] = [
    [
      { width: 900, format: 'webp' },
      { format: 'webp', width: 900, height: 600 },
    ],
    [
      { height: 30, format: 'auto.webp' },
      { format: 'webp', width: 45, height: 30 },
    ],
    [{ format: 'auto' }, { format: 'jpeg', width: 90, height: 60 }],
    [
      { width: 50, height: 50, fit: 'contain', format: 'png' },
      { format: 'png', width: 50, height: 50 },
    ],
    [
      { width: 50, height: 50, pad: 5, format: 'png' },
      { format: 'png', width: 60, height: 60 },
    ],
    // What names a place in the original, or turns it, is not about the fallback.
    [
      { crop: '2000_2000_90_90', width: 60, format: 'png' },
      { format: 'png', width: 60, height: 40 },
    ],
    [
      { rotate: '90', width: 60, format: 'png' },
      { format: 'png', width: 60, height: 40 },
    ],
    [
      { page: 7, width: 60, format: 'png' },
      { format: 'png', width: 60, height: 40 },
    ],
    [
      { trim: 10, width: 60, gravity: '0.00_0.10', format: 'png' },
      { format: 'png', width: 60, height: 40 },
    ],
  ]
  for (const [given, expected] of shapes) {
    test(`has the size and the format of ${JSON.stringify(given)}`, async () => {
      assert.deepEqual(await describe(await get('missing.jpg', given)), expected)
    })
  }

  test('says that its format was negotiated', async () => {
    const { headers } = await get('missing.jpg', { width: 60, format: 'auto.webp' })
    assert.equal(headers.vary, 'Accept, Save-Data, ECT')
    assert.equal((await get('missing.jpg', webp)).headers.vary, undefined)
  })

  test('stands for a damaged original too', async () => {
    const received = await get('text.jpg', webp)
    assert.deepEqual([received.status, (await describe(received)).width], [415, 160])
  })

  for (const format of ['json', 'thumbhash', 'blurhash'] as const) {
    test(`says nothing in place of ${format}`, async () => {
      assert.equal(problemOf(await get('missing.jpg', { format })).code, 'missing')
    })
  }

  test('does not stand for a crop outside an original that is there', async () => {
    const received = await get('photo.jpg', { crop: '500_0_10_10', format: 'webp' })
    assert.deepEqual([received.status, problemOf(received).code], [400, 'outside'])
  })

  test('answers If-None-Match of what is missing as without it', async () => {
    const received = await get('missing.jpg', webp, { 'if-none-match': '*' })
    assert.deepEqual([received.status, received.headers['content-type']], [404, 'image/webp'])
  })

  test('answers HEAD with its headers and no body', async () => {
    const url = urlOf('missing.jpg', webp)
    const [head, got] = [await invoke(makeEvent(url, 'HEAD')), await invoke(makeEvent(url))]
    assert.deepEqual([head.statusCode, head.body], [404, ''])
    assert.deepEqual(head.headers, got.headers)
    assert.equal(Number(head.headers['content-length']), receive(got).body.length)
  })

  test('answers a direct invocation in base64', async () => {
    const result = await invoke({ queryStringParameters: { key: 'missing.jpg', width: '40', format: 'png' } })
    assert.deepEqual([result.statusCode, result.isBase64Encoded], [404, true])
    assert.equal((await describe(receive(result))).width, 40)
  })

  test('may be a drawing, which is sharp at any size', async () => {
    const drawn = createTransformer(
      { 'edge.svg': drawEdge(10, 10) },
      { settings: { fallbackKey: 'edge.svg' } },
    )
    const received = await drawn.get('missing.jpg', { width: 800, height: 800, format: 'png' })
    assert.deepEqual(await describe(received), { format: 'png', width: 800, height: 800 })
  })

  test('may move', async () => {
    const moving = createTransformer(pictures, { settings: { fallbackKey: 'moving.gif' } })
    const { headers, body } = await moving.get('missing.jpg', { width: 40, format: 'auto' })
    assert.equal(headers['content-type'], 'image/gif')
    assert.ok(((await sharp(body).metadata()).pages ?? 1) > 1)
  })

  const failures: readonly (readonly [name: string, fallbackKey: string, warning: RegExp])[] = [
    ['is missing', 'no-such.png', /no fallback: missing/],
    ['is no image', 'text.jpg', /no fallback: not-an-image/],
  ]
  for (const [name, fallbackKey, warning] of failures) {
    test(`that ${name} leaves the error as it is, and the log says so`, async () => {
      const broken = createTransformer(pictures, { settings: { fallbackKey } })
      const received = await broken.get('missing.jpg', webp)
      assert.deepEqual([received.status, problemOf(received).code], [404, 'missing'])
      assert.match(String(received.headers['x-fovea-tags']), /^o-\w+$/)
      const [report] = broken.reports
      assert.match(String(report?.warnings), warning)
      assert.deepEqual([report?.outcome, report?.fallback], ['refused', undefined])
    })
  }

  test('that is itself asked for and missing is one attempt', async () => {
    const none = createTransformer({}, { settings })
    assert.equal(problemOf(await none.get('fallback.png', webp)).code, 'missing')
    assert.deepEqual(none.reads, ['fallback.png'])
  })

  test('is not read where all is well', async () => {
    const before = transformer.reads.length
    await get('photo.jpg', webp)
    assert.deepEqual(transformer.reads.slice(before), ['photo.jpg'])
  })

  test('is reported with the error that it stands for', async () => {
    await get('missing.jpg', webp)
    const report = reports.at(-1)
    assert.deepEqual([report?.outcome, report?.error, report?.fallback], ['refused', 'missing', true])
  })
})

test('planFallback plans nothing without the setting', () => {
  const variant = { key: 'x', parameters: { format: 'webp' } } as const
  assert.equal(planFallback(variant, 'missing', { fallbackKey: undefined }), undefined)
})
