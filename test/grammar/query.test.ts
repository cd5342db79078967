import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decodeQueryText, decodeTilde } from '../../grammar/escaping.ts'
import { parameters } from '../../grammar/parameters.ts'
import { findRow, formatParameters, readParameters } from '../../grammar/query.ts'
import { canonicalOf, rejectionOf } from './url-outcome.ts'

type Read = Readonly<Record<string, string | number>>

suite('readParameters', () => {
  const cases: readonly (readonly [query: string, values: Read])[] = [
    ['', {}],
    ['&&', {}],
    ['key', { key: '' }],
    ['key=', { key: '' }],
    ['=key', {}],
    ['key=b=c', { key: 'b=c' }],
    ['key==', { key: '=' }],
    ['key=?a', { key: '?a' }],
    ['key=%26&exp=+', { key: '&', exp: ' ' }],
    ['key=%2b', { key: '+' }],
    ['v=1&&w=2&', { version: '1', width: 2 }],
    ['a=1&a=2&w=3', { width: 3 }],
  ]
  for (const [query, values] of cases) {
    test(`reads ${query || 'nothing'} as ${JSON.stringify(values)}`, () => {
      assert.deepEqual(readParameters(query, decodeQueryText, 'card', []), values)
    })
  }

  test('decodes as it is told to', () => {
    assert.deepEqual(readParameters('key=a+b~20c', decodeTilde, '', []), { key: 'a+b c' })
    assert.deepEqual(readParameters('key=a+b~20c', decodeQueryText, '', []), { key: 'a b~20c' })
  })

  test('knows the presets by what it is told', () => {
    assert.deepEqual(readParameters('preset=Card', decodeQueryText, 'card wide', []), { preset: 'card' })
    assert.throws(() => readParameters('preset=card', decodeQueryText, 'wide', []), { code: 'bad-value' })
  })
})

suite('findRow', () => {
  test('finds the row of every name and alias, and of nothing else', () => {
    assert.ok(parameters.length > 0)
    for (const row of parameters) {
      for (const spelling of row.spellings) {
        const found = findRow(spelling)
        const mark = row.canonicalKind === null && !/^(key|exp|kid|sig)$/.test(row.name) ? ['R'] : []
        const [name, ...aliases] = row.spellings
        assert.deepEqual(found, [row.kind, name, ...mark, ...aliases], spelling)
      }
    }
    for (const name of [
      '',
      ' ',
      'x',
      'wi',
      'idth',
      '-',
      '1..8192',
      '1',
      '90 180 270',
      'auto',
      'constructor',
      'r',
    ]) {
      assert.equal(findRow(name), undefined, name)
    }
  })
})

suite('formatParameters', () => {
  const values = { embed: 'any', version: 'a b/c', width: 8, format: 'auto', dpr: undefined, unknown: 1 }

  test('writes what is defined, in the order of the table', () => {
    assert.equal(formatParameters(values, false), '&width=8&format=auto&version=a~20b/c&embed=any')
  })

  test('leaves out, where told to, what never reaches a canonical URL', () => {
    assert.equal(formatParameters({ ...values, dpr: 2 }, true), '&width=8&format=auto&version=a~20b/c')
  })
})

suite('a query of many pieces', () => {
  const pieces = ['x', '', 'utm_source=a', '%F0%9F%A6%8A=%', 'w%']
  for (const piece of pieces) {
    test(`of ${piece || 'nothing'} is read up to 99 of them, and refused beyond`, () => {
      const most = `${`${piece}&`.repeat(98)}width=800`
      assert.equal(canonicalOf(`/x.jpg?${most}`), canonicalOf('/x.jpg?width=800'))
      for (const url of [`/x.jpg?${piece}&${most}`, `/x.jpg?${most}&${piece}`, `/x.jpg?${most}&width=800`]) {
        const { status, code, parameter, expected } = rejectionOf(url)
        assert.deepEqual([status, code, parameter, expected], [400, 'too-many', '', '1..99'])
      }
    })
  }
})

const prototypeNames = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
]

/** What a request may carry without any effect. */
const unknown: readonly string[] = [
  ...prototypeNames,
  ...prototypeNames.map((name) => `${name}=80`),
  ...prototypeNames.map((name) => `${name}=80&${name}=90`),
  '__proto__[width]=80',
  '__proto__.width=80',
  'utm_source=x',
  'utm_source=x&utm_source=y',
  'fbclid=A%20b',
  '_=1700000000000',
  '0=1&1=2&length=3',
  '',
  '&&&',
  '=',
  '=width',
  'REV=1',
  'width2=80',
  'widt=80',
  'width%20=80',
  '+w=80',
  'w%00=80',
  'width%0A=80',
  '%EF%BD%97=80',
  // Percent-encoding that is broken, in a name, a value, both.
  '%=80',
  'w%=80',
  'width%zz=80',
  '%FF=80',
  'x=%',
  'x=%FF%zz',
  '%C0%80=%C0%80',
  'rect=1,2,3,4',
  'fit[]=cover',
]

suite('a parameter without a row', () => {
  const alone = canonicalOf('/x.jpg?width=800&quality=low')
  for (const query of unknown) {
    test(`${query || 'of no name'} is dropped`, () => {
      assert.equal(canonicalOf(`/x.jpg?width=800&quality=low&${query}`), alone)
      assert.equal(canonicalOf(`/x.jpg?${query}&width=800&quality=low`), alone)
      assert.equal(canonicalOf(`/x.jpg?${query}`), canonicalOf('/x.jpg'))
    })
  }

  test('rev is one, except in the first place', () => {
    assert.equal(canonicalOf('/x.jpg?width=800&quality=low&rev=7'), alone)
    assert.equal(rejectionOf('/x.jpg?rev=7&width=800&quality=low').code, 'not-canonical')
  })
})

suite('a parameter with a row', () => {
  const same: readonly (readonly [sent: string, plain: string])[] = [
    ['w%69dth=800', 'width=800'],
    ['%77%49%44%54%48=%38%30%30', 'width=800'],
    ['%57=800', 'width=800'],
    ['ar=16%3A9&w=1000', 'w=1000&ar=16:9'],
    ['f=%4A%50g', 'format=jpeg'],
    ['v=a%2Db', 'version=a-b'],
    ['bg=%23abc', 'background=aabbcc'],
  ]
  for (const [sent, plain] of same) {
    test(`reads ${sent} as ${plain}`, () => {
      assert.equal(canonicalOf(`/x.jpg?${sent}`), canonicalOf(`/x.jpg?${plain}`))
    })
  }

  const broken: readonly (readonly [query: string, parameter: string])[] = [
    ['width=%', 'width'],
    ['w=80%zz', 'width'],
    ['f=%FF', 'format'],
    ['v=%C0%80', 'version'],
    ['key=%E2%82', 'key'],
    ['w%69dth=%', 'width'],
    ['width', 'width'],
    ['w=', 'width'],
    ['v=%00', 'version'],
  ]
  for (const [query, parameter] of broken) {
    test(`refuses ${query}`, () => {
      const rejection = rejectionOf(`/x.jpg?${query}`)
      assert.deepEqual([rejection.code, rejection.parameter], ['bad-value', parameter])
    })
  }

  const repeated = [
    'w=1&w=1',
    'w=1&width=1',
    'w=1&W=2',
    'w=1&%77=1',
    'v=a&v=a',
    'key=x.jpg&KEY=x.jpg',
    'q=1&Q=2',
  ]
  for (const query of repeated) {
    test(`refuses ${query} as repeated`, () => {
      assert.equal(rejectionOf(`/x.jpg?${query}`).code, 'repeated')
    })
  }

  test('says what a repeated one held', () => {
    const { parameter, received } = rejectionOf('/x.jpg?w=800&width=900')
    assert.equal(parameter, 'width')
    assert.match(received, /\b900$/)
  })
})
