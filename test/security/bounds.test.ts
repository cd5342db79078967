import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { parameters } from '../../grammar/parameters.ts'
import { countReach, listReach } from '../../grammar/reach.ts'
import { createRandom, type Random } from './random.ts'
import { type Edge, loadEdge, settings } from './run-edge.ts'

const requests = 20_000

/** Of each parameter, what goes and what does not. */
const values: Readonly<Record<string, readonly string[]>> = {
  width: ['1', '160', '161', '300', '801', '3840', '3841', 'auto', '0'],
  height: ['1', '90', '250', '600', '2160', '3841'],
  aspect: ['1-1', '16:9', '4-3', '32-18', '5-4', '64-1', '1-64', '6:5'],
  dpr: ['1', '1.01', '1.5', '1.33', '2', '4', 'auto', 'auto'],
  fit: ['inside', 'cover', 'contain', 'outside', 'fill', 'pad', 'crop'],
  gravity: ['centre', 'n', 'southeast', 'w', 'attention', 'entropy', '0.5_0.5', '0.51_0.5', '0_0'],
  enlarge: ['1'],
  crop: ['0_0_9_9', '0.0_0.0_1.0_1.0'],
  trim: ['10'],
  rotate: ['90'],
  flip: ['h'],
  pad: ['10'],
  background: ['fff', 'transparent', '123456'],
  radius: ['20', 'max'],
  blur: ['3'],
  sharpen: ['1'],
  brightness: ['1', '1.2'],
  contrast: ['0.5'],
  saturation: ['2'],
  hue: ['0', '90'],
  greyscale: ['1'],
  tint: ['f80'],
  overlay: ['overlays/logo.png', 'a.jpg'],
  'overlay-width': ['10'],
  'overlay-gravity': ['centre', 'tile'],
  'overlay-margin': ['5'],
  'overlay-opacity': ['50'],
  format: ['auto', 'avif', 'webp', 'jpeg', 'jpg', 'png', 'gif', 'original', 'json', 'thumbhash', 'auto.avif'],
  quality: ['auto', 'low', 'medium', 'high', '1', '59', '60', '77', '78', '100'],
  lossless: ['1'],
  animated: ['0'],
  page: ['0', '1'],
  metadata: ['none', 'copyright', 'all'],
  preset: ['card', 'card', 'CARD', '__proto__', ''],
  version: ['1', 'x'.repeat(32)],
  download: ['1', 'a.jpg'],
  embed: ['any'],
  exp: ['', '1700000100'],
  kid: ['', 'k1'],
  sig: ['', 'A'.repeat(43)],
}

/** Those that strangers may use come more often, and the rest seldom: one of them and the request is refused. */
const allowed = ['width', 'height', 'aspect', 'dpr', 'fit', 'gravity', 'format', 'quality', 'preset']
const seldom = Object.keys(values).filter((name) => !allowed.includes(name))

const headerValues: Readonly<Record<string, readonly string[]>> = {
  accept: ['image/avif,image/webp', 'image/webp', '*/*', 'image/avif;q=0', 'image/gif'],
  'save-data': ['on', 'onward', 'off'],
  ect: ['2g', 'slow-2g', '4g'],
  'sec-ch-dpr': ['0.1', '1.1', '2', '2.75', '17', '1e9', '-3', 'NaN', 'Infinity'],
  'sec-ch-width': ['1', '333', '1921', '99999', '-5', '1e308', 'Infinity'],
  'sec-ch-viewport-width': ['1', '411', '5000', '-1', '1e308'],
  'cloudfront-is-mobile-viewer': ['true', 'false'],
  'cloudfront-is-tablet-viewer': ['true'],
}

function makeQuery(random: Random): string {
  const names = allowed.filter(() => random.oneIn(3))
  if (random.oneIn(8)) names.push(random.pick(seldom))
  return names
    .sort(() => random.below(3) - 1)
    .map((name) => {
      const given = random.pick(values[name] as string[])
      return /^\d+$/.test(given) && random.oneIn(2) ? `${name}=${1 + random.below(2600)}` : `${name}=${given}`
    })
    .join('&')
}

/** What strangers can reach, as the grammar counts it: what stands before the format, and from the format on. */
function listAll(): { shapes: Set<string>; encodings: Set<string>; pairs: Set<string> } {
  const all = { shapes: new Set<string>(), encodings: new Set<string>(), pairs: new Set<string>() }
  for (const preset of ['', ...Object.keys(settings.presets)]) {
    const reach = listReach(preset, settings)
    const shapes = [...reach.shapes].map((query) => query.replace(/&format=.*/, ''))
    const encodings = [...reach.encodings].map((query) => query.replace(/.*(?=&format=)/, ''))
    for (const shape of shapes) {
      all.shapes.add(shape)
      for (const encoding of encodings) all.pairs.add(shape + encoding)
    }
    for (const encoding of encodings) all.encodings.add(encoding)
  }
  return all
}

suite('a request without a signature, where access is bounded', () => {
  let edge: Edge

  before(async () => {
    edge = await loadEdge()
  })

  test(`reaches nothing beyond what is counted, over ${requests} requests`, async (context) => {
    const { pairs } = listAll()
    assert.ok(
      pairs.size > 100 && pairs.size <= countReach(settings),
      `${pairs.size} of ${countReach(settings)}`,
    )
    const random = createRandom(23)
    const reached = new Set<string>()
    const counts: Record<string, number> = {}
    for (let turn = 0; turn < requests; turn++) {
      const query = makeQuery(random)
      const entries = Object.entries(headerValues).filter(() => random.oneIn(3))
      const headers = Object.fromEntries(entries.map(([name, texts]) => [name, random.pick(texts)]))
      const answer = await edge.ask(`/a.jpg?${query}`, headers)
      counts[answer.code || 'passes'] = (counts[answer.code || 'passes'] ?? 0) + 1
      if (answer.url === undefined) continue
      const written = answer.url.replace('/a.jpg?', '')
      assert.ok(pairs.has(written), `${query} ${JSON.stringify(headers)} reaches ${written}`)
      reached.add(written)
      if (!random.oneIn(4)) continue
      // Nor by asking again for what was written, with more or less of it.
      const again = `/a.jpg?${written.replace(/(?<=(?:width|height)=)\d+/, () => `${1 + random.below(3840)}`)}`
      const second = (await edge.ask(again, headers)).url?.replace('/a.jpg?', '')
      assert.ok(second === undefined || pairs.has(second), `${again} reaches ${second}`)
    }
    context.diagnostic(JSON.stringify({ reachable: pairs.size, reached: reached.size, ...counts }))
    assert.ok((counts.passes ?? 0) >= 5000, JSON.stringify(counts))
    assert.ok((counts['needs-signature'] ?? 0) >= 1000, JSON.stringify(counts))
    assert.ok(reached.size >= 500, `${reached.size} reached`)
  })

  test('may not what a signature may, parameter by parameter', async () => {
    const { pairs } = listAll()
    for (const [name, texts] of Object.entries(values)) {
      // `version` says nothing where it does not count; a proof of empty parts is none.
      const passes = [...allowed, 'version'].includes(name)
      for (const text of texts.filter((each) => passes || each !== '')) {
        const { url, code } = await edge.ask(`/a.jpg?width=320&height=320&${name}=${text}`)
        if (url === undefined) continue
        assert.ok(passes, `${name}=${text} reaches ${url}`)
        assert.ok(pairs.has(url.replace('/a.jpg?', '')), `${name}=${text} reaches ${url}, ${code}`)
      }
    }
  })

  test('is one of every parameter that there is', () => {
    const names = parameters.map(({ name }) => name).filter((name) => name !== 'key')
    assert.deepEqual(Object.keys(values).sort(), [...names].sort())
  })
})
