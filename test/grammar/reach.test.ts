import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { DecisionSettings } from '../../grammar/decide.ts'
import type { PresetParameters } from '../../grammar/parameters.ts'
import { countReach, listReach } from '../../grammar/reach.ts'
import {
  arbitraryBoundedQuery,
  arbitraryHeaders,
  enumerateReach,
  fewEncodings,
  multiplyReach,
  smallSettings,
} from './bounded-requests.ts'
import { verdictOf } from './decision.ts'
import { canonicalOf, settings, viewerWith } from './url-outcome.ts'

const soft: PresetParameters = { background: 'ffffff', quality: 80, enlarge: '1' }
const small = smallSettings({ soft })

suite('the reach of who shows no signature', () => {
  for (const preset of ['', 'soft']) {
    test(`is every shape in every encoding, all different, ${preset ? 'with' : 'without'} a preset`, () => {
      const { shapes, encodings } = listReach(preset, small)
      assert.equal(multiplyReach(preset, small).size, shapes.size * encodings.size)
    })

    test(`is just what an exhaustive list of requests becomes, ${preset ? 'with' : 'without'} a preset`, () => {
      const reached = enumerateReach(preset, small)
      const listed = multiplyReach(preset, small)
      assert.ok(reached.size > 1000)
      assert.deepEqual(
        [...reached].filter((query) => !listed.has(query)),
        [],
      )
      assert.deepEqual(
        [...listed].filter((query) => !reached.has(query)),
        [],
      )
    })
  }

  test('is counted over all presets', () => {
    const all = ['', 'soft'].flatMap((preset) => [...enumerateReach(preset, small)])
    assert.equal(countReach(small), new Set(all).size)
    assert.equal(countReach(smallSettings()), multiplyReach('', small).size)
  })

  test('is, by default, few enough to be counted, and grows with each step', () => {
    const count = countReach({ ...settings, presets: {} })
    assert.ok(count > 10_000 && count < 100_000, `${count}`)
    const fewer = countReach({ ...settings, presets: {}, ladder: settings.ladder.slice(1) })
    assert.ok(fewer < count && fewer > count * 0.8, `${fewer}`)
  })

  test('holds what any request becomes, whoever asks', () => {
    const listed = new Map(['', 'soft'].map((preset) => [preset, multiplyReach(preset, small)]))
    const seen = new Set<string>()
    let refused = 0
    const property = fc.property(
      arbitraryBoundedQuery,
      fc.constantFrom('', 'soft'),
      arbitraryHeaders,
      (query, preset, headers) => {
        const verdict = verdictOf(`/x?${query}${preset && `&preset=${preset}`}`, { settings: small, headers })
        if (verdict.startsWith('refused')) refused++
        else {
          assert.ok(listed.get(preset)?.has(verdict.slice('/x?'.length)), verdict)
          seen.add(verdict)
        }
      },
    )
    fc.assert(property, { numRuns: 10_000 })
    assert.ok(seen.size > 500 && refused > 500, `${seen.size} seen, ${refused} refused`)
  })
})

suite('a canonical URL within the reach', () => {
  const listed = [...multiplyReach('', small)].map((query) => `/x?${query}`)

  test('is accepted without a signature, for any viewer, and is its own canonical URL', () => {
    assert.ok(listed.length > 1000)
    for (const url of listed) {
      assert.equal(verdictOf(url, { settings: small }), url)
      assert.equal(verdictOf(url, { settings: small, headers: { accept: '', 'save-data': 'on' } }), url)
    }
  })

  test('is one that the transformer takes, which knows no bounds', () => {
    for (const url of listed) assert.equal(canonicalOf(url), url)
  })

  test('is that also where the ladder goes to the limit of a side', () => {
    const large = { ...smallSettings(), ladder: [160, 8192], aspects: ['9-16', '16-9'] }
    for (const query of multiplyReach('', large)) assert.equal(canonicalOf(`/x?${query}`), `/x?${query}`)
  })
})

suite('a bounded request', () => {
  const reads = (query: string, headers: Record<string, string>, bounded: DecisionSettings) =>
    verdictOf(`/x?${query}`, { settings: bounded, headers })
  const sidesOf = (url: string) =>
    ['width', 'height'].map((name) => Number(new RegExp(`&${name}=(\\d+)`).exec(url)?.[1] ?? 0))
  const bounded: DecisionSettings = { ...settings, access: [['', 'bounded']] }

  test('never becomes smaller than was asked, but for what is capped', () => {
    let compared = 0
    const property = fc.property(arbitraryBoundedQuery, arbitraryHeaders, (query, headers) => {
      const verdict = reads(query, headers, bounded)
      if (verdict.startsWith('refused')) return
      compared++
      const asked = sidesOf(canonicalOf(`/x?${query}`, viewerWith(headers)))
      sidesOf(verdict).forEach((side, index) => {
        const least = Math.min(asked[index] ?? 0, settings.ladder.at(-1) ?? 0)
        // The ratio of the settings may differ from the one asked by 1 %, and by a pixel.
        assert.ok(side >= least * 0.99 - 1, `${query} becomes ${verdict}, asked ${asked}`)
      })
    })
    fc.assert(property, { numRuns: 5000 })
    assert.ok(compared > 1000, `${compared}`)
  })

  for (const [name, given] of [
    ['a request', settings],
    ['a bounded request', bounded],
  ] as const) {
    test(`${name} is refused for every viewer or for none`, () => {
      let refused = 0
      const property = fc.property(
        arbitraryBoundedQuery,
        arbitraryHeaders,
        arbitraryHeaders,
        (query, one, other) => {
          const verdicts = [one, other].map((headers) =>
            reads(query, headers, given).replace(/^\/.*/, 'fine'),
          )
          assert.equal(verdicts[0], verdicts[1], query)
          if (verdicts[0] !== 'fine') refused++
        },
      )
      fc.assert(property, { numRuns: 5000 })
      assert.ok(refused > 100)
    })
  }
})

/** Presets that decide themselves what a request may decide otherwise. */
const presets: Readonly<Record<string, PresetParameters>> = {
  'a size': { width: 300, height: 250, background: 'ffffff' },
  'a size in a listed ratio': { width: 100, height: 100, background: 'ffffff' },
  'one side': { height: 300, background: 'ffffff' },
  'a focal point': { gravity: '0.30_0.70' },
  'a strategy and a fit': { gravity: 'attention', fit: 'contain' },
  'an automatic width in a ratio of its own': { width: 'auto', aspect: '5-4' },
  'an automatic dpr': { width: 100, dpr: 'auto', background: 'ffffff' },
  'a page': { page: 3 },
  'a still': { animated: '0' },
  'a format without quality': { format: 'png', background: 'ffffff' },
  'a quality of its own': { quality: 83 },
  'a crop': { crop: '0.2500_0.0000_0.5000_0.5000' },
}

suite('the reach of a preset of', () => {
  for (const [name, preset] of Object.entries(presets)) {
    test(`${name} holds everything that an exhaustive list of requests becomes`, () => {
      const given = smallSettings({ own: preset })
      const listed = multiplyReach('own', given)
      const missing = [...enumerateReach('own', given, fewEncodings)].filter((query) => !listed.has(query))
      assert.deepEqual(missing.slice(0, 3), [], `${missing.length} are missing`)
    })
  }
})
