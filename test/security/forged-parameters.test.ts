import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { type ParameterName, parameters } from '../../grammar/parameters.ts'
import { assertRefused } from './expect.ts'
import { type Edge, loadEdge } from './run-edge.ts'
import { sign, signQuery, signUrl } from './sign.ts'

const key = 'secret/a.jpg'
const valid = { key, parameters: 'width=800' }
const url = signUrl(valid)

let edge: Edge

before(async () => {
  edge = await loadEdge()
})

async function refuse(sent: string, ...codes: readonly string[]): Promise<void> {
  assertRefused(await edge.ask(sent), sent, codes, sent.includes(sign(valid)) ? [] : [sign(valid)])
}

/** A value of each parameter that goes with `width=800`. */
const examples: Record<ParameterName, string> = {
  width: '801',
  height: '600',
  aspect: '16-9',
  dpr: '2',
  fit: 'fill',
  gravity: 'north',
  enlarge: '1',
  crop: '0_0_9_9',
  trim: '10',
  rotate: '90',
  flip: 'h',
  pad: '20',
  background: 'fff',
  radius: 'max',
  blur: '5',
  sharpen: '1',
  brightness: '1.5',
  contrast: '2',
  saturation: '0',
  hue: '90',
  greyscale: '1',
  tint: 'ff8800',
  overlay: 'marks/logo.png',
  'overlay-width': '20',
  'overlay-gravity': 'southeast',
  'overlay-margin': '2',
  'overlay-opacity': '50',
  format: 'webp',
  quality: '70',
  lossless: '1',
  animated: '0',
  page: '1',
  metadata: 'all',
  preset: 'card',
  version: '1',
  download: '1',
  embed: 'any',
  key: 'secret/b.jpg',
  exp: '1700003601',
  kid: 'k2',
  sig: 'A'.repeat(43),
}

suite('parameters that were not signed', () => {
  for (const { name, spellings } of parameters) {
    test(`${name} is refused, by each of its names`, async () => {
      for (const spelling of spellings) {
        const codes = ['signature-wrong', 'repeated', 'contradiction']
        await refuse(`${url}&${spelling}=${examples[name]}`, ...codes)
        await refuse(`/${key}?${spelling}=${examples[name]}&${signQuery(valid)}`, ...codes)
      }
    })
  }

  test('a change of a value is refused', () => refuse(url.replace('800', '801'), 'signature-wrong'))
})

suite('parameters that were signed', () => {
  let removed = 0
  for (const { name } of parameters) {
    if (['width', 'aspect', 'key', 'exp', 'kid', 'sig'].includes(name)) continue
    removed++
    test(`${name} cannot be taken away`, async () => {
      const parts = { width: '800', [name]: examples[name] }
      const order = parameters.map((row) => row.name).filter((each) => each in parts)
      const signed = order.map((each) => `${each}=${(parts as Record<string, string>)[each]}`).join('&')
      const whole = signUrl({ key, parameters: signed.replace('=fff', '=ffffff') })
      assert.notEqual((await edge.ask(whole)).url, undefined, whole)
      await refuse(whole.replace(new RegExp(`&${name}=[^&]*`), ''), 'signature-wrong')
    })
  }
  test('were seen', () => assert.ok(removed >= 14, `${removed}`))

  test('a preset does not stand for what it expands to, nor the other way', async () => {
    const preset = signUrl({ key, parameters: 'preset=card' })
    const sides = signUrl({ key, parameters: 'width=300&height=250' })
    assert.equal((await edge.ask(preset)).url, (await edge.ask(sides)).url)
    await refuse(preset.replace('preset=card', 'width=300&height=250'), 'signature-wrong')
    await refuse(sides.replace('width=300&height=250', 'preset=card'), 'signature-wrong')
  })
})
