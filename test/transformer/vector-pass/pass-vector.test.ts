import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parameters, type VariantParameters } from '../../../grammar/parameters.ts'
import { drawEdge, drawSvg } from '../../images/drawing.ts'
import { drawCostly, drawReference, drawScript } from '../../images/hostile-svg.ts'
import { assertNear, decode } from '../../images/pixels.ts'
import { createTransformer, imageOf, problemOf } from '../run.ts'

const { get, pictures, logged } = createTransformer({
  'edge.svg': drawEdge(100, 100),
  // A name is no reason.
  'edge.jpg': drawEdge(100, 100),
})

const own = ['auto', 'auto.webp', 'auto.avif', 'original'] as const

suite('a vector graphic is passed on', () => {
  for (const key of ['edge.svg', 'edge.jpg']) {
    for (const format of own) {
      test(`as it is, to ${format}, called ${key}`, async () => {
        const { status, headers, body } = await get(key, { format })
        assert.equal(`${status} ${headers['content-type']}`, '200 image/svg+xml')
        assert.match(
          headers['x-fovea-variant'] ?? '',
          new RegExp(
            `^format=svg, width=100, height=100, bytes=${body.length}, original=svg, .*, passed=original$`,
          ),
        )
        const pixels = await decode(body)
        assert.equal(`${pixels.width}×${pixels.height}`, '100×100')
        assertNear(pixels.at(0.25, 0.5), [0, 0, 0], 1)
        assertNear(pixels.at(0.75, 0.5), [255, 255, 255], 1)
      })
    }
  }

  const sized: readonly (readonly [Omit<VariantParameters, 'format'>, string])[] = [
    [{ width: 40 }, '40×40'],
    [{ height: 30 }, '30×30'],
    [{ width: 640 }, '100×100'],
    [{ width: 640, enlarge: '1' }, '640×640'],
    [{ width: 20, height: 40 }, '20×40'],
    [{ width: 20, height: 40, fit: 'fill' }, '20×40'],
    [{ width: 20, height: 40, fit: 'inside' }, '20×20'],
    [{ aspect: '2-1' }, '100×50'],
    [{ width: 40, quality: 'low', lossless: '1', metadata: 'all', version: '7' }, '40×40'],
  ]
  for (const [given, size] of sized) {
    test(`at the size of ${JSON.stringify(given).replace(/["{}]/g, '')}`, async () => {
      const { headers, body } = await get('edge.svg', { ...given, format: 'auto.avif' })
      assert.equal(headers['content-type'], 'image/svg+xml')
      const { width, height } = await decode(body)
      assert.equal(`${width}×${height}`, size)
      assert.match(headers['x-fovea-variant'] ?? '', new RegExp(`width=${width}, height=${height},`))
    })
  }

  test('cut as pixels would be', async () => {
    const given = { width: 20, height: 40, gravity: 'west' } as const
    const passed = await decode(imageOf(await get('edge.svg', { ...given, format: 'auto' })))
    const drawn = await decode(imageOf(await get('edge.svg', { ...given, format: 'png' })))
    for (const at of [0.05, 0.5, 0.95]) assertNear(passed.at(at, 0.5), drawn.at(at, 0.5).slice(0, 3), 3)
  })

  test('without what is harmful, and in a sandbox', async () => {
    pictures['script.svg'] = drawScript()
    const { headers, body } = await get('script.svg', { format: 'auto' })
    assert.equal(
      body.toString().replace(/ xmlns="[^"]*"/, ''),
      '<svg width="100" height="100"><rect width="100" height="100" fill="#0a0"/></svg>',
    )
    assert.match(headers['content-security-policy'] ?? '', /default-src 'none';.*; sandbox$/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
  })

  test('without what is elsewhere', async () => {
    pictures['reference.svg'] = drawReference('http://a.example/')
    const { headers, body } = await get('reference.svg', { format: 'auto' })
    assert.equal(headers['content-type'], 'image/svg+xml')
    assert.doesNotMatch(body.toString(), /a\.example/)
  })

  test('under the name that is asked for', async () => {
    const { headers } = await get('edge.jpg', { format: 'auto', download: '1' })
    assert.equal(headers['content-disposition'], 'attachment; filename="edge.svg"')
  })

  test('with the ETag of its URL, which is answered 304', async () => {
    const { headers } = await get('edge.svg', { format: 'auto', width: 40 })
    const again = await get(
      'edge.svg',
      { format: 'auto', width: 40 },
      { 'if-none-match': headers.etag ?? '' },
    )
    assert.equal(again.status, 304)
  })

  test('where no limit of pixels would let it be drawn', async () => {
    pictures['huge.svg'] = drawSvg('viewBox="0 0 10000000 10000000"', '<rect width="9" height="9"/>')
    assert.equal((await get('huge.svg', { format: 'auto' })).status, 200)
    assert.equal(problemOf(await get('huge.svg', { format: 'webp' })).code, 'over-limit')
  })

  test('by a process that never loads libvips', () => {
    const script = fileURLToPath(new URL('./loaded-libraries.ts', import.meta.url))
    const run = (...given: string[]) => execFileSync('npx', ['tsx', script, ...given], { encoding: 'utf8' })
    assert.equal(run('drawing.svg', 'auto.avif'), 'image/svg+xml without libvips')
    // The check sees the library where there is one.
    assert.equal(run('drawing.svg', 'png'), 'image/png with libvips')
  })
})

suite('a vector graphic is drawn', () => {
  const drawn: readonly VariantParameters[] = [
    ...(['png', 'webp', 'avif', 'jpeg', 'gif'] as const).map((format) => ({ format })),
    { format: 'auto', crop: '0_0_50_50' },
    { format: 'auto', trim: 10 },
    { format: 'auto', rotate: '90' },
    { format: 'auto', flip: 'h' },
    { format: 'auto', pad: 10 },
    { format: 'auto', background: 'ff0000' },
    { format: 'auto', radius: 10 },
    { format: 'auto', blur: 1 },
    { format: 'auto', sharpen: 1 },
    { format: 'auto', brightness: 2 },
    { format: 'auto', contrast: 2 },
    { format: 'auto', saturation: 2 },
    { format: 'auto', hue: 90 },
    { format: 'auto', greyscale: '1' },
    { format: 'auto', tint: 'ff0000' },
    { format: 'auto', page: 0 },
    { format: 'auto', width: 20, height: 40, fit: 'contain' },
    { format: 'auto', width: 20, height: 40, gravity: 'attention' },
  ]
  for (const given of drawn) {
    test(`for ${JSON.stringify(given).replace(/["{}]/g, '')}`, async () => {
      const { status, headers, body } = await get('edge.svg', given)
      assert.match(`${status} ${headers['content-type']}`, /^200 image\/(?:png|webp|avif|jpeg|gif)$/)
      assert.ok(!body.includes('<svg'))
    })
  }

  test('for every parameter that stands before the format, but for sizes', () => {
    const named = drawn.flatMap((given) => Object.keys(given))
    const sizes = ['dpr', 'aspect', 'enlarge']
    const before = parameters.slice(
      0,
      parameters.findIndex(({ name }) => name === 'format'),
    )
    // An overlay is another original, which is a matter of its own.
    const missing = before.filter(
      ({ name }) => !/^overlay/.test(name) && ![...sizes, ...named].includes(name),
    )
    assert.deepEqual(
      missing.map(({ name }) => name),
      [],
    )
    assert.ok(before.length > 15)
  })

  test('where it cannot be cleaned for certain', async () => {
    pictures['escape.svg'] = drawSvg(
      'width="9" height="9"',
      '<style>.\\61{fill:red}</style><rect width="9" height="9"/>',
    )
    pictures['latin.svg'] = Buffer.from(
      '<svg width="9" height="9" xmlns="http://www.w3.org/2000/svg"><title>é</title><rect width="9" height="9"/></svg>',
      'latin1',
    )
    assert.equal((await get('escape.svg', { format: 'auto' })).headers['content-type'], 'image/png')
    // Not even its pixels are certain.
    assert.equal(problemOf(await get('latin.svg', { format: 'auto' })).code, 'undecodable')
  })

  test('where it is too long to be passed on', async () => {
    const text = 'M0 0L9 9'.repeat(520_000)
    pictures['long.svg'] = drawSvg('width="9" height="9"', `<rect width="9" height="9"/><!--${text}-->`)
    assert.equal((await get('long.svg', { format: 'auto' })).headers['content-type'], 'image/png')
  })

  test('or refused, where viewers would be kept busy', async () => {
    const limited = createTransformer(
      { 'costly.svg': drawCostly() },
      { vectors: { make: () => Promise.reject(new Error('drawn')) } },
    )
    assert.equal((await limited.get('costly.svg', { format: 'auto' })).status, 503)
    assert.deepEqual(logged, [])
  })
})
