import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decodeQueryText } from '../../grammar/escaping.ts'
import { parameters } from '../../grammar/parameters.ts'
import { findRow, readParameters } from '../../grammar/query.ts'
import { parseRequest } from '../../grammar/request.ts'
import { kindOf, presetKind } from './arbitrary-request.ts'
import { checkRejection, definedOnly } from './url-outcome.ts'

type Value = string | number

/** Parameters that take any text: what it is worth is judged elsewhere. */
const anyText: readonly string[] = parameters.map((row) => row.name).filter((name) => kindOf(name) === 'TEXT')

/** What `query` says by full names, or the code of its rejection. */
function parse(query: string): Record<string, unknown> | string {
  try {
    return definedOnly(readParameters(query, decodeQueryText, presetKind, []))
  } catch (thrown) {
    return checkRejection(thrown).code
  }
}

const accepted: readonly (readonly [query: string, name: string, value: Value])[] = [
  ['width=1', 'width', 1],
  ['w=8192', 'width', 8192],
  ['w=0800', 'width', 800],
  ['w=auto', 'width', 'auto'],
  ['height=1', 'height', 1],
  ['h=8192', 'height', 8192],
  ['aspect=16-9', 'aspect', '16-9'],
  ['ar=16:9', 'aspect', '16-9'],
  ['ar=16%3a9', 'aspect', '16-9'],
  ['dpr=1', 'dpr', 1],
  ['dpr=1.5', 'dpr', 1.5],
  ['dpr=1.25', 'dpr', 1.25],
  ['dpr=4.00', 'dpr', 4],
  ['dpr=auto', 'dpr', 'auto'],
  ['fit=inside', 'fit', 'inside'],
  ['fit=scale-down', 'fit', 'inside'],
  ['fit=clip', 'fit', 'inside'],
  ['fit=max', 'fit', 'inside'],
  ['fit=cover', 'fit', 'cover'],
  ['fit=crop', 'fit', 'cover'],
  ['fit=contain', 'fit', 'contain'],
  ['fit=pad', 'fit', 'contain'],
  ['fit=outside', 'fit', 'outside'],
  ['fit=fill', 'fit', 'fill'],
  ['gravity=centre', 'gravity', 'centre'],
  ['g=center', 'gravity', 'centre'],
  ['g=n', 'gravity', 'north'],
  ['g=ne', 'gravity', 'northeast'],
  ['g=e', 'gravity', 'east'],
  ['g=se', 'gravity', 'southeast'],
  ['g=s', 'gravity', 'south'],
  ['g=sw', 'gravity', 'southwest'],
  ['g=w', 'gravity', 'west'],
  ['g=nw', 'gravity', 'northwest'],
  ['g=attention', 'gravity', 'attention'],
  ['g=ENTROPY', 'gravity', 'entropy'],
  ['g=.3_0.75', 'gravity', '0.30_0.75'],
  ['g=0.5_0.50', 'gravity', 'centre'],
  ['g=1_0.5', 'gravity', 'east'],
  ['enlarge=1', 'enlarge', '1'],
  ['crop=100_50_800_600', 'crop', '100_50_800_600'],
  ['crop=0_0_1_1', 'crop', '0_0_1_1'],
  ['crop=0.25_0_.5_1', 'crop', '0.2500_0.0000_0.5000_1.0000'],
  ['trim=0', 'trim', 0],
  ['trim=100', 'trim', 100],
  ['rotate=90', 'rotate', '90'],
  ['rotate=270', 'rotate', '270'],
  ['flip=H', 'flip', 'h'],
  ['flip=vh', 'flip', 'hv'],
  ['pad=1', 'pad', 1],
  ['pad=1000', 'pad', 1000],
  ['background=000', 'background', '000000'],
  ['bg=White', 'background', 'ffffff'],
  ['radius=max', 'radius', 'max'],
  ['radius=4096', 'radius', 4096],
  ['blur=0.3', 'blur', 0.3],
  ['blur=100', 'blur', 100],
  ['sharpen=1.25', 'sharpen', 1.25],
  ['brightness=0', 'brightness', 0],
  ['brightness=1.1', 'brightness', 1.1],
  ['contrast=10', 'contrast', 10],
  ['saturation=0.5', 'saturation', 0.5],
  ['hue=359', 'hue', 359],
  ['greyscale=1', 'greyscale', '1'],
  ['grayscale=1', 'greyscale', '1'],
  ['tint=F80', 'tint', 'ff8800'],
  ['overlay=marks/Logo%20%C3%A9.png', 'overlay', 'marks/Logo é.png'],
  ['overlay-width=1', 'overlay-width', 1],
  ['OVERLAY-WIDTH=100', 'overlay-width', 100],
  ['overlay-gravity=SE', 'overlay-gravity', 'southeast'],
  ['overlay-gravity=Tile', 'overlay-gravity', 'tile'],
  ['overlay-margin=50', 'overlay-margin', 50],
  ['overlay-opacity=100', 'overlay-opacity', 100],
  ['format=auto', 'format', 'auto'],
  ['f=avif', 'format', 'avif'],
  ['fm=webp', 'format', 'webp'],
  ['f=jpg', 'format', 'jpeg'],
  ['f=jpeg', 'format', 'jpeg'],
  ['f=png', 'format', 'png'],
  ['f=gif', 'format', 'gif'],
  ['f=Original', 'format', 'original'],
  ['quality=auto', 'quality', 'auto'],
  ['q=low', 'quality', 'low'],
  ['q=medium', 'quality', 'medium'],
  ['q=high', 'quality', 'high'],
  ['q=1', 'quality', 1],
  ['q=100', 'quality', 100],
  ['f=JSON', 'format', 'json'],
  ['f=thumbhash', 'format', 'thumbhash'],
  ['f=blurhash', 'format', 'blurhash'],
  ['lossless=1', 'lossless', '1'],
  ['animated=0', 'animated', '0'],
  ['page=0', 'page', 0],
  ['page=9999', 'page', 9999],
  ['metadata=none', 'metadata', 'none'],
  ['metadata=Copyright', 'metadata', 'copyright'],
  ['metadata=all', 'metadata', 'all'],
  ['preset=card', 'preset', 'card'],
  ['preset=WIDE', 'preset', 'wide'],
  ['version=2024-05', 'version', '2024-05'],
  ['v=aA0._-', 'version', 'aA0._-'],
  [`v=${'x'.repeat(32)}`, 'version', 'x'.repeat(32)],
  ['download=1', 'download', '1'],
  ['download=Chair.jpg', 'download', 'Chair.jpg'],
  ['embed=any', 'embed', 'any'],
  ['embed=Any', 'embed', 'any'],
  ['key=x.jpg', 'key', 'x.jpg'],
  ['exp=1700000000', 'exp', '1700000000'],
  ['exp=', 'exp', ''],
  ['exp=tomorrow+%c3%a9', 'exp', 'tomorrow é'],
  ['kid=a-1', 'kid', 'a-1'],
  ['kid=A%2F', 'kid', 'A/'],
  ['sig=aB_-', 'sig', 'aB_-'],
  ['sig=%3D', 'sig', '='],
]

/** By name: values, as sent, that the parameter does not take. Every one refuses the empty value besides. */
const refused: Readonly<Record<string, readonly string[]>> = {
  width: '0 8193 -1 +1 1.5 1e3 0x10 800px 99999999999999999999 NaN null 1_0 %D9%A1 8%200 %0080'.split(' '),
  height: '0 8193 auto 1.0 100%25 ten'.split(' '),
  aspect: '16 16-0 0-9 65-1 1-65 16x9 16/9 1.5-1 16-9-1 -16-9 016-9 auto'.split(' '),
  dpr: '0 0.99 4.01 5 2x 1.255 1. .5 -2 1e0 1,5'.split(' '),
  fit: 'none both coverfit co inside=max inside,cover 1'.split(' '),
  gravity: 'north-east 5 nn centred north=n _ ._. 1.01_0 0.5 0.5_ 0_0_0 -0.5_0 0.5-0.5'.split(' '),
  enlarge: '0 2 true yes 01'.split(' '),
  crop: '1_1_1 0_0_0_5 0_0_5_0 1_2_3_4_5 -1_0_5_5 0.5_0_0.6_1 0_0_1.1_1.0 ___ 0.5 0_0_1e1_1 0-0-1-1'.split(
    ' ',
  ),
  trim: '-1 101 1.5 auto'.split(' '),
  rotate: '0 45 360 -90 90deg'.split(' '),
  flip: '1 x hh h,v both'.split(' '),
  pad: '0 1001 10px 1.5'.split(' '),
  radius: '0 4097 50%25 min'.split(' '),
  blur: '0 0.29 100.01 0.301 1e1'.split(' '),
  sharpen: '0 0.09 10.01 auto'.split(' '),
  brightness: '-1 10.01 1.001 high'.split(' '),
  contrast: '-1 10.01 1.001 high'.split(' '),
  saturation: '-1 10.01 1.001 high'.split(' '),
  hue: '-1 360 1.5 red'.split(' '),
  greyscale: '0 2 true'.split(' '),
  tint: 'ff fffff red black'.split(' '),
  overlay: ['%zz', 'a%00'],
  'overlay-width': '0 101 0.2 20px auto'.split(' '),
  'overlay-gravity': 'attention 0.5_0.5 1 tiles'.split(' '),
  'overlay-margin': '0 51 1.5'.split(' '),
  'overlay-opacity': '0 101 0.5'.split(' '),
  background: '0 ff fffff fffffff fffffffff ggg red rgb(0,0,0) %23 blackwhite'.split(' '),
  format: 'auto.avif auto.webp jpe jpg2 image/avif heic'.split(' '),
  quality: '0 101 -1 80.5 best 1..100'.split(' '),
  lossless: '0 true 2'.split(' '),
  metadata: '1 exif copyrights'.split(' '),
  download: [...'a/b a%20b %C3%A9 a:b'.split(' '), 'x'.repeat(33)],
  animated: '1 true 00 -0 no'.split(' '),
  page: '-1 10000 1.0 first'.split(' '),
  version: [...'a/b a+b a%20b ~ %C3%A9 a%00 a:b'.split(' '), 'x'.repeat(33)],
  preset: 'car cards card,wide card%20wide __proto__ constructor toString'.split(' '),
  embed: '1 0 none all'.split(' '),
  key: ['%zz'],
  exp: ['%zz', '1%00'],
  kid: ['%zz', 'a%0A'],
  sig: ['%zz', '%7F'],
}

suite('the parameters of a request', () => {
  for (const [query, name, value] of accepted) {
    test(`of ${query} are ${name} ${value}`, () => {
      assert.deepEqual(parse(query), { [name]: value })
    })
  }

  test('has an example of every parameter, accepted and refused', () => {
    const names = parameters.map((row) => row.name)
    assert.ok(names.length > 0)
    assert.deepEqual([...new Set(accepted.map(([, name]) => name))].sort(), [...names].sort())
    assert.deepEqual(Object.keys(refused).sort(), [...names].sort())
  })

  for (const [name, values] of Object.entries(refused)) {
    for (const value of [...(anyText.includes(name) ? [] : ['']), '%', '%FF', ...values]) {
      test(`refuses ${name}=${value}`, () => {
        assert.equal(parse(`${name}=${value}`), 'bad-value')
      })
    }
  }

  test('reads an empty key as none', () => {
    assert.equal(parseRequest('/x.jpg', 'key=', '').key, 'x.jpg')
  })

  test('says which parameter, what it takes and what was received', () => {
    const named = parameters.filter((row) => !anyText.includes(row.name))
    assert.equal(named.length, parameters.length - 5)
    for (const { name } of named) {
      assert.throws(() => parseRequest('/x.jpg', `${name.toUpperCase()}=%3F`, presetKind), {
        status: 400,
        code: 'bad-value',
        parameter: name,
        expected: kindOf(name),
        received: '%3F',
      })
    }
  })

  test('quotes 80 characters of what was received', () => {
    assert.throws(() => parseRequest('/x.jpg', `w=${'9'.repeat(81)}`, ''), {
      received: `${'9'.repeat(80)}`,
    })
  })

  test('refuses line ends and spaces around a value', () => {
    for (const [query] of accepted.filter(([, name]) => !anyText.includes(name))) {
      for (const blank of ['%0A', '%0D', '+', '%20', '%09', '%C2%A0', '%E2%80%A8']) {
        assert.equal(parse(`${query}${blank}`), 'bad-value', `${query}${blank}`)
        assert.equal(parse(query.replace('=', `=${blank}`)), 'bad-value', `${blank} in ${query}`)
      }
    }
  })
})

suite('the table of parameters', () => {
  const examples = new Map(accepted.map(([query, name]) => [name, query.slice(query.indexOf('=') + 1)]))

  for (const row of parameters) {
    const example = examples.get(row.name)
    const expected = parse(`${row.name}=${example}`)

    for (const spelling of row.spellings) {
      const cases = [spelling, spelling.toUpperCase(), spelling.replace(/./, (c) => c.toUpperCase())]
      test(`reads ${[...new Set(cases)].join(', ')} as ${row.name}`, () => {
        assert.ok(typeof expected === 'object')
        for (const each of cases) assert.deepEqual(parse(`${each}=${example}`), expected)
      })
      test(`refuses ${row.name} repeated as ${spelling}, in either case, with the same value or not`, () => {
        for (const value of [example, ...accepted.filter(([, name]) => name === row.name).map(readExample)]) {
          assert.equal(parse(`${row.name}=${example}&${spelling}=${value}`), 'repeated')
          assert.equal(parse(`${spelling.toUpperCase()}=${value}&x=1&${row.name}=${example}`), 'repeated')
        }
      })
    }

    test(`has names of ${row.name} that are its own, in lower case`, () => {
      assert.equal(row.spellings[0], row.name)
      for (const spelling of row.spellings) {
        assert.match(spelling, /^[a-z][a-z-]*$/)
        assert.notEqual(spelling, 'rev', 'rev marks a canonical URL')
        assert.equal(findRow(spelling)?.[1], row.name)
      }
    })

    test(`documents ${row.name} and says what it takes`, () => {
      assert.ok(row.documentation)
      const { values, default: fallback, text } = row.documentation
      for (const each of [values, fallback, text, row.kind]) assert.ok(each.length > 0)
    })
  }
})

function readExample([query]: readonly [string, ...unknown[]]): string {
  return query.slice(query.indexOf('=') + 1)
}
